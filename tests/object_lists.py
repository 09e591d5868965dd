"""Programs with lists and tuples of objects, in which objects are shared, written into, and taken out again."""

import math
from dataclasses import dataclass

import numpy as np


class P:
    def __init__(self, a, b=1.0, flag=True): self.a=a; self.b=b; self.flag=flag
    def get(self): return self.a*self.b**2 if self.flag else self.a
    def put(self, v): self.a=v; return self
    @property
    def sq(self): return self.a**2
@dataclass
class D:
    m: float
    p: P
class Net:
    def __init__(self, ws): self.layers=[P(w) for w in ws]
    def __call__(self, x):
        for l in self.layers: x = math.sin(l.a*x)+l.b
        return x
def f1(x: float, n: int):
    xs=[x,x]
    s=0.0
    for i in range(n):
        a=x*(i+1)
        if i==0: ys=(a,1.0)
        s+=math.hypot(*ys)
    return s
def f2(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    return sum(p.get() for p in ps)+len(ps)*x
def f3(x: float, n: int):
    ps=[]
    for i in range(n):
        p=P(x*i,x)
        ps.append(p)
        p.a=x*x
    return sum(p.get() for p in ps)+x
def f4(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    for p in ps: p.a=p.a*2+x
    return sum(p.get() for p in ps)+x
def f5(x: float, n: int):
    ps=[P(x+i) for i in range(n+1)]
    for k in range(3):
        ps=[P(p.a*x,p.b+x) for p in ps]
    return sum(p.get() for p in ps)+ps[-1].a
def f6(x: float, n: int):
    ps=[P(x*i, flag=i%2==0) for i in range(n)]
    return sum(p.get() for p in ps)+x
def f7(x: float, n: int):
    ps=[D(x*i,P(x)) for i in range(n)]
    return sum(d.p.get()*d.m for d in ps)+x
def f8(x: float, n: int):
    q=P(x)
    ps=[D(x*i,q) for i in range(n)]
    q.a=3*x
    return sum(d.p.get()*d.m for d in ps)+x
def f9(x: float, n: int):
    q=P(x)
    ps=[D(x*i,q) for i in range(n)]
    ps[0].p.a=5*x
    return sum(d.p.get()*d.m for d in ps)+x
def f10(x: float, n: int):
    net=Net([x,2*x,x*x])
    return net(x)+len(net.layers)
def f11(w: list, x: float):
    net=Net(w)
    return net(x)
def f12(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    qs=ps
    qs.append(P(x*x))
    return sum(p.a for p in ps)
def f13(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    qs=ps[:]
    qs.append(P(x*x))
    return sum(p.a for p in ps)+len(qs)*x
def f14(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    ps[0]=P(x**3)
    return sum(p.a for p in ps)
def f15(x: float, n: int):
    ps=[]
    if n>2:
        ps.append(P(x))
    for i in range(n):
        ps.append(P(x*i,2.0))
    return sum(p.get() for p in ps)+x
def f16(x: float, n: int):
    ps=[P(x*(i+1)) for i in range(n)]
    s=0.0
    while ps:
        s+=ps.pop().a
    return s
def f17(x: float, n: int):
    ps=[P(x*(i+1)) for i in range(n)]
    best=ps[0]
    for p in ps:
        if p.sq>best.sq: best=p
    return best.get()
def f18(x: float, n: int):
    a,b=P(x),P(x*x)
    s=0.0
    for p in [a,b,P(3.0)]:
        s+=p.get()
        p.a=p.a*2
    return s+a.a+b.a
def f19(x: float, n: int):
    a=P(x)
    l=[a,a]
    for p in l: p.a=p.a*x
    return a.a
def f20(x: float, n: int):
    l=[P(x),P(2*x)]
    l[1]=l[0]
    l[0].a=x**3
    return l[1].a
def f21(x: float, n: int):
    l=[P(x),P(2*x)]
    l.append(P(x**3))
    t=0.0
    for i,p in enumerate(l): t+=i*p.get()
    return t+l[-1].a+l[n%2].a
def f22(x: float, n: int):
    ps=[P(x*(i+1)) for i in range(n)]
    out=[P(p.a+q.a) for p,q in zip(ps,ps[1:])]
    return sum(o.get() for o in out)+x
def f23(x: float, n: int):
    seen=[]
    class_=P(x)
    for i in range(n):
        seen.append(class_)
    class_=P(x*x)
    return sum(p.a for p in seen)+class_.a
def f24(x: float, n: int):
    p=P(x)
    hist=[]
    for i in range(n):
        hist.append(p)
        p=P(p.a*x)
    return sum(h.a for h in hist)+p.a
def f25(x: float, n: int):
    ps=[P(x*(i+1)) for i in range(n)]
    def total(): return sum(p.a for p in ps)
    return total()*x
def f26(x: float, n: int):
    groups=[]
    for j in range(2):
        g=[P(x*(i+j)) for i in range(n)]
        groups.append(g)
    return sum(p.a for g in groups for p in g)+x
def f27(x: float, n: int):
    ps=[P(v) for v in (x,x*x,2*x)]
    return ps[0].a*ps[1].a*ps[2].get()
def f28(x: float, n: int):
    ps=[P(x)]
    for i in range(n): ps.append(P(ps[-1].a*x))
    return ps[-1].a+sum(p.a for p in ps)
def f29(x: float, n: int):
    ps=[P(x*i) for i in range(n) if i%2]
    return sum(p.get() for p in ps)+(x if ps else 2*x)
def f30(x: float, n: int):
    ps=[P(np.array([x,x*i])) for i in range(n)]
    for p in ps: p.a[0]=x*x
    return sum(np.sum(p.a) for p in ps)+x
def f31(x: float, n: int):
    v=np.array([x,1.0])
    ps=[P(v) for i in range(n)]
    v[0]=x*x
    return sum(np.sum(p.a) for p in ps)+x
def f32(x: float, n: int):
    ps=[P(x*i).put(x+i) for i in range(n)]
    return sum(p.get() for p in ps)+x
def f33(x: float, n: int):
    xs=[x,2*x]; ys=xs; ys[0]=x**3
    return math.hypot(*xs)
def setit(l,v): l[0]=v
def f34(x: float, n: int):
    xs=[x,2*x]; setit(xs,x**3)
    return math.hypot(*xs)
def f35(x: float, n: int):
    xs=[x,2*x]
    rows=[xs,xs]
    rows[1][0]=x**3
    return math.hypot(*xs)
class N:
    def __init__(self, v): self.v=v; self.hist=[]
class V:
    def __init__(self, x, y): self.x=x; self.y=y
    def __add__(self, o): return V(self.x+o.x, self.y+o.y)
    def __mul__(self, s): return V(self.x*s, self.y*s)
    def norm(self): return math.sqrt(self.x**2+self.y**2+1.0)
class Body:
    def __init__(self, m, pos, vel): self.m=m; self.pos=pos; self.vel=vel
    def step(self, dt): return Body(self.m, self.pos+self.vel*dt, self.vel)
class Wide(P):
    def get(self): return super().get()*3
def setall(ps, v):
    for p in ps: p.a=v
def totals(ps): return sum(p.get() for p in ps)
def makers(x,n): return [P(x*i) for i in range(n)]
def f36(x: float, n: int):
    ns=[N(x*i) for i in range(n)]
    for p in ns: p.hist.append(x*x)
    return sum(p.v*len(p.hist)+sum(p.hist) for p in ns)+x
def f37(x: float, n: int):
    ns=[N(x) for i in range(n+1)]
    ns[0].hist.append(x*x)
    return sum(sum(p.hist) for p in ns)+x
def f38(x: float, n: int):
    bs=[Body(x+i,V(x*i,1.0),V(1.0,x)) for i in range(n)]
    e=0.0
    for b in bs:
        e+=b.m*b.step(0.5).pos.norm()
    return e+x
def f39(x: float, n: int):
    bs=[Body(x+i,V(x*i,1.0),V(1.0,x)) for i in range(n)]
    for b in bs: b.pos=b.pos+b.vel
    return sum(b.pos.norm() for b in bs)+x
def f40(x: float, n: int):
    ps=makers(x,n)
    return totals(ps)+x
def f41(x: float, n: int):
    ps=makers(x,n)
    setall(ps,x*x)
    return totals(ps)+x
def f42(x: float, n: int):
    ps=[]
    for i in range(n):
        ps.append(P(x) if i%2 else Wide(x))
    return totals(ps)+x
def f43(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    i=0
    while i<len(ps):
        q=ps[i]
        if q.a>2*x: break
        x+=q.get()
        i+=1
    return x
def f44(x: float, n: int):
    rows=[]
    for i in range(n): rows.append({"a":x*i,"b":i})
    return sum(r["a"]*r["b"] for r in rows)+x
def f45(x: float, n: int):
    rows=[]
    for i in range(n): rows.append({"a":x*i,"b":i})
    for r in rows: r["a"]*=2
    return sum(r["a"]*r["b"] for r in rows)+x
def f46(x: float, n: int):
    rows=[]
    d={"a":x}
    for i in range(n):
        rows.append(d)
        d["a"]=d["a"]*x
    return sum(r["a"] for r in rows)+x
def f47(x: float, n: int):
    rows=[(P(x*i),i) for i in range(n)]
    return sum(p.a*i for p,i in rows)+x
def f48(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    return [p.get() for p in ps if p.a>0][-1] if n>2 else x
def f49(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    ps+=[P(x*x)]
    return totals(ps)
def f50(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    ps.insert(0,P(x*x))
    return totals(ps)
def f51(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    if P(x) in ps: return x
    return totals(ps)+ps.index(ps[0]) if n else x
def f52(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    p=None
    for p in ps: pass
    return p.a if p is not None else x
def f53(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    a,b=(ps[0],ps[-1]) if n else (P(x),P(x))
    return a.a+b.a*x
def f54(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    s=0.0
    for i in range(len(ps)):
        for j in range(i):
            s+=ps[i].a*ps[j].a
    return s+x
def f55(x: float, n: int):
    ps=[P(x*i, b=float(i)) for i in range(n)]
    x=x*x
    return totals(ps)+x
def f56(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    t=tuple(ps)
    l=list(ps)
    l.append(P(x))
    return totals(t)+len(l)+x
def f57(x: float, n: int):
    ps=[]
    qs=ps
    for i in range(n):
        ps.append(P(x*i))
        if len(qs)>2: qs=[]
    return totals(ps)+x
def f58(x: float, n: int):
    ps=[]
    for j in range(2):
        ps=[]
        for i in range(n): ps.append(P(x*i*j))
    return totals(ps)+x
def f59(x: float, n: int):
    ps=[P(x),P(x*x)]
    for i in range(n):
        ps.append(ps[i])
    return totals(ps)+x
def f60(x: float, n: int):
    p=P(x)
    ps=[p,P(x*x)]
    p.a=x**3
    for i in range(n):
        ps.append(ps[i])
    return totals(ps)+x
def f61(x: float, n: int):
    p=P(x)
    ps=[p,P(x*x)]
    for i in range(n):
        ps.append(ps[i])
    p.a=x**3
    return totals(ps)+x
def f62(x: float, n: int):
    p=P(x)
    p.a=p.a*2
    ps=[p,P(x*x)]
    return ps[n%2].a+x
def f63(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    fs=[p.get for p in ps]
    return sum(f() for f in fs)+x
def f64(x: float, n: int):
    ps=[P(x*i) for i in range(n)]
    s=sum([p.a for p in ps],start=x)
    return s+max([p.a for p in ps]+[x])
def f65(x: float, n: int):
    a=P(x); b=P(2*x)
    s=sum(p.a for p in (a,b))*max(p.a for p in [a,b,P(0.1)])
    t=sum([p.a for p in (a,)],x)
    return s*t*min(p.get() for p in [a])
def f66(x: float, n: int):
    a=P(np.array([x,1.0])); 
    t=sum(p.a for p in (a,))
    t+=x*x
    return np.sum(a.a)*np.sum(t)
def f67(x: float, n: int):
    a=P(np.array([x,1.0])); 
    t=max([p.a[0] for p in (a,)])
    l=[p.a for p in (a,a)]
    l[0]=x*a.a
    return t*np.sum(l[1])*np.sum(l[0])
def f68(x: float, n: int):
    ps=[P(x),P(2*x)]
    l=[p.a for p in ps]
    l.append(x**3)
    l[0]=x*x
    return sum(l)*len(l)
def f69(x: float, n: int):
    ps=[P(x),P(2*x)]
    l=np.array([p.a*i for i,p in enumerate(ps)])
    return np.sum(l**2)*max(l)
def f70(x: float, n: int):
    ps=[P(x),P(2*x)]
    out=[]
    for p in ps:
        if p.a>0.9: out.append(p.get())
        out.append(x)
    return sum(out)+x
def f71(x: float, n: int):
    ps=[P(x),P(2*x)]
    m=[[p.a*q.a for p in ps] for q in ps]
    return m[0][1]*m[1][1]+sum(sum(r) for r in m)


FUNCTIONS = [value for key, value in list(globals().items()) if key[0] == "f" and key[1:].isdigit() and key != "f11"]
REFUSED = set(
    "f1 f3 f4 f5 f8 f9 f13 f25 f26 f33 f34 f35 f36 f37 f39 f40 f41 f42 f45 f46 f49 f50 f51 f52 f56 f57 f58 f60 f61 f63".split()
)
