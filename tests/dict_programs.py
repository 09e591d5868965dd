"""Programs with dicts: shared, copied, changed while loops run, asked for keys that they don't have."""

import math
from collections import Counter, defaultdict, deque

import numpy as np


class Opt:
    def __init__(self, m): self.m=m; self.v={}; self.n={}
    def step(self, ps, gs):
        for k in ps:
            v=self.m*self.v.get(k,0.0)+gs[k]
            self.v[k]=v
            ps[k]=ps[k]-0.1*v
    def count(self, k): self.n[k]=self.n.get(k,0)+1
def f1(x: float, n: int):
    ps={"a":x,"b":x*x}; o=Opt(0.5)
    for i in range(n):
        o.step(ps,{"a":ps["b"],"b":2*ps["a"]})
    return ps["a"]*ps["b"]
def f2(x: float, n: int):
    d={}
    for i in range(n): d["a"]=x*i
    return d.get("a",x)*x
def f3(x: float, n: int):
    d={}
    for i in range(n): d["a"]=x*i
    return len(d)*x
def f4(x: float, n: int):
    d={}
    for i in range(n): d["a"]=x*i
    return (d["a"] if "a" in d else x)*x
def f5(x: float, n: int):
    d={}
    for i in range(n):
        s=d.get("a",1.0)+d.get("a",2.0)
        d["a"]=s*x
    return d.get("a",1.0)*x
def f6(x: float, n: int):
    d={}
    for i in range(n):
        d["a"]=d.get("a",1.0)*x
    e=d
    e["a"]=x
    return sum(d.values())
def f7(x: float, n: int):
    d={"a":x,"b":x*x}
    e=d.copy()
    for k,v in e.items(): d[k]=v*2
    d.update(c=x**3)
    return sum(d.values())+e["a"]*len(d)+max(d.values())
def f8(x: float, n: int):
    d={"a":x,"b":x*x}
    best=max(d,key=d.get)
    d["a"]=x**3
    return d[best]*2
def f9(x: float, n: int):
    d={"a":x,"b":x*x}
    k="a" if n>1 else "b"
    d["b"]=x**3
    return d[k]*x
def f10(x: float, n: int):
    d={"a":x,"b":x*x}
    k="a" if n>1 else "b"
    d[k]=x**3
    return d["a"]*d["b"]
def f11(x: float, n: int):
    d={"p":{"q":x,"r":1.0},"s":x*x}
    d["p"]["q"]*=x
    t=d["p"]
    t["r"]=x
    return sum(d["p"].values())*d["s"]
def f12(x: float, n: int):
    t={"q":x}
    d={"a":t,"b":t}
    d["a"]["q"]=x**3
    return d["b"]["q"]
def f13(x: float, n: int):
    d={}
    d.setdefault("a",x)
    d.setdefault("a",x**2)
    d["b"]=d.setdefault("c",x**3)
    return sum(d[k] for k in sorted(d))*len(d)
def f14(x: float, n: int):
    d={"a":x,"b":x*x}
    s=0.0
    for i,k in enumerate(d): s+=i*d[k]
    for (k,v),w in zip(d.items(),[1.0,x]): s+=v*w
    return s
def f15(x: float, n: int):
    d={"a":x,"b":x*x}
    v=d.pop("a")
    return v*d["b"]*len(d)
def f16(x: float, n: int):
    d={"a":x,"b":x*x}
    del d["a"]
    return d["b"]*len(d)
def f17(x: float, n: int):
    d={"a":x,"b":x*x}
    e={**d,"a":2*x}
    f=dict(d,b=x**3)
    g=d|{"c":x}
    return sum(e.values())+sum(f.values())
def f18(x: float, n: int):
    d={"a":x,"b":x*x}
    e={k:v*x for k,v in d.items()}
    f={k:i for i,k in enumerate(d)}
    return sum(e.values())*f["b"]+e["a"]
def f19(x: float, n: int):
    d={i:x*i for i in range(3)}
    return d[0]+d[1]*d[2]
def f20(x: float, n: int):
    d={i:x*i for i in range(n)}
    return sum(d[i]*i for i in range(n))+x
def f21(x: float, n: int):
    d={-1:x,1:x*x}
    return sum(k*v for k,v in d.items())+d[-1]**3
def f22(x: float, n: int):
    names=["a","b"]
    d={}
    for k in names: d[k]=x
    for k in names: d[k]*=x+1
    return d["a"]*d["b"]
def f23(x: float, n: int):
    d={"a":x,"b":2.0}
    for k in d: d[k]=d[k]*x
    if "c" not in d: d["c"]=x
    return math.prod(d.values())
def f24(x: float, n: int):
    a={"u":x,"v":1.0}; b={"v":x,"w":2.0}
    s=0.0
    for k in sorted(a.keys()|b.keys()): s+=a.get(k,0.0)*b.get(k,x)
    return s+len(a.keys()&b.keys())*x+len(set(a)-set(b))*x
def f25(x: float, n: int):
    a={"u":x,"v":1.0}; b={"v":x,"w":2.0}
    s=x
    for k in a.keys()&b.keys(): s=s*a[k]
    return s
def f26(x: float, n: int):
    c={"a":0,"b":0}
    for i in range(n):
        k="a" if i%2 else "b"
        c[k]+=1
    return c["a"]*x+c["b"]*x*x
def f27(x: float, n: int):
    d=dict(a=x,b=x*x)
    def f(a,b): return a*b*b
    return f(**d)+f(d["b"],**{"b":x})
def f28(x: float, n: int):
    d={"a":x}
    e=d
    d={"a":x*x}
    return e["a"]+d["a"]*3
def f29(x: float, n: int):
    d={"a":x}
    for i in range(n):
        d={"a":d["a"]*x}
    return d["a"]
def f30(x: float, n: int):
    d={"a":x}
    if n>1: d["b"]=x*x
    return sum(d.values())
def f31(x: float, n: int):
    d={"a":x}
    if n>1: d["b"]=x*x
    return d.get("b",0.0)+d["a"]
def f32(x: float, n: int):
    d={"a":np.array([x,1.0])}
    v=d["a"]; v+=x
    d["a"]*=2
    return np.sum(d["a"])*np.sum(v)
def f33(x: float, n: int):
    d={"a":np.array([x,1.0]),"b":np.array([1.0,x])}
    v=d["a" if n>1 else "b"]
    v[0]=x**3
    return np.sum(d["a"])*np.sum(d["b"])*np.sum(v)
def f34(x: float, n: int):
    o=Opt(x)
    for i in range(n): o.count("k")
    return o.n.get("k",0)*x+o.m
def f35(x: float, n: int):
    d={"a":x,"b":x*x,"c":x**3}
    s=0.0
    for i in range(n):
        key="abc"[i%3]
        s+=d[key]*i
    return s+x
def f36(x: float, n: int):
    d={}
    for i in range(n):
        if i==1: d["a"]=x
        y=d.get("a",0.0)
        x=x*1.5+y
    return x
def f37(x: float, n: int):
    d={}
    for i in range(n):
        d={}
        if i%2: d["a"]=x
        x=x*1.5+d.get("a",0.0)
    return x
def f38(x: float, n: int):
    d={}
    for i in range(n):
        d.setdefault("a",0.0)
        d["a"]+=x*i
    return d.get("a",0.0)+x
def f39(x: float, n: int):
    d={"a":x,"b":x*x}
    worst=min(d,key=d.get); best=max(d,key=d.get)
    return d[best]-d[worst]
def f40(x: float, n: int):
    d={"a":x,"b":x*x}
    r=[(k,v) for k,v in d.items() if v>0.4]
    return sum(v for k,v in r)+x
def f41(x: float, n: int):
    d={"a":x,"b":x*x}
    k,v=max(d.items(),key=lambda kv: kv[1])
    return v*x
def f42(x: float, n: int):
    d={"a":x}
    try: v=d["z"]
    except KeyError: v=x*x
    return v
def f43(x: float, n: int):
    d={"a":x, "b":2*x}
    for k in list(d):
        if k=="a": continue
        x+=d[k]
    return x
def f44(x: float, n: int):
    d={"a":x, "b":2*x}
    for k in d:
        if d[k]>1.0: break
        x+=d[k]
    return x
def f45(x: float, n: int):
    memo={0:x,1:1.0}
    for i in range(2,n+2): memo[i]=memo[i-1]*x+memo[i-2]
    return memo[n]
def f46(x: float, n: int):
    d={}
    for i in range(n):
        k=i%3
        if k in d: d[k]*=x
        else: d[k]=x*i
    return sum(d.values())+x
def f47(x: float, n: int):
    d={}
    for i in range(n): d[i%2]=d.get(i%2,1.0)*x+i
    s=0.0
    for k,v in d.items(): s+=k*v+v
    return s*x
def f48(x: float, n: int):
    g=defaultdict(list)
    for i in range(n): g[i%2].append(x**i)
    t=0.0
    for k,v in g.items(): t+=(k+1)*sum(v)/len(v)
    return t+x
def f49(x: float, n: int):
    g=defaultdict(float)
    for i in range(n): g[i%3]+=x*i
    return sum(v*v for v in g.values())+x*len(g)
def f50(x: float, n: int):
    d={}
    for i in range(n): d[i]=x*i
    for k in d: d[k]=d[k]*x
    s=0.0
    for k in sorted(d): s+=d[k]*k
    return s+x
def f51(x: float, n: int):
    d={i:x*i for i in range(n)}
    e=d
    e[0]=x**3
    return sum(d.values())+x
def f52(x: float, n: int):
    d={}
    for i in range(n): d[i]=x*i
    e=dict(d)
    return sum(e.values())+x
def f53(x: float, n: int):
    d={}
    for i in range(n): d[i]=x*i
    if 0 in d: del d[0]
    return sum(d.values())+x
def f54(x: float, n: int):
    d={}
    for i in range(n): d["abc"[i%3]]=x*i
    return d.get("a",0.0)+d.get("c",x)
def f55(x: float, n: int):
    cache={}
    def fib(k):
        if k in cache: return cache[k]
        v=x if k<2 else fib(k-1)*x+fib(k-2)
        cache[k]=v
        return v
    return fib(n)
class Mem:
    def __init__(self): self.c={}
    def get(self,k,x):
        if k not in self.c: self.c[k]=x**k
        return self.c[k]
def f56(x: float, n: int):
    m=Mem()
    s=0.0
    for i in range(n): s+=m.get(i%3,x)
    return s+len(m.c)*x
def f57(x: float, n: int):
    d={}
    for i in range(n):
        d.setdefault(i%2,x)
        d[i%2]=d[i%2]+x*i
    return sum(d.values())+x
def f58(x: float, n: int):
    d={}
    for i in range(n): d[i]=np.array([x*i,1.0])
    for i in range(n): d[i][0]=d[i][0]*x
    return sum(np.sum(v) for v in d.values())+x
def f59(x: float, n: int):
    d={}
    v=np.array([x,1.0])
    for i in range(n): d[i]=v
    v[0]=x**3
    return sum(np.sum(v) for v in d.values())+x
def f60(x: float, n: int):
    d={}
    for i in range(n): d[i]=np.array([x,1.0])
    for i in range(n): d[i%2 if n>1 else 0]+=x*i
    return sum(np.sum(v) for v in d.values())+x
def f61(x: float, n: int):
    d={}
    for i in range(n):
        d={}
        for j in range(i): d[j]=x*j
    return sum(d.values())+x
def f62(x: float, n: int):
    d={}
    for i in range(n):
        for j in range(2): d[i,j]=x*i+j
    return sum(d[i,1]*i for i in range(n))+x
def f63(x: float, n: int):
    d={}
    for i in range(n): d[i]=x*i
    for k,v in d.items():
        if v>1.5: break
        x+=v
    return x
def f64(x: float, n: int):
    d={}
    for i in range(n): d[i]=x*i
    return max(d.values())*x if d else x
def f65(x: float, n: int):
    d={}
    for i in range(n): d[i]=x*i
    for k in list(d): d[k+10]=d[k]*x
    return sum(d.values())+x
def f66(x: float, n: int):
    d={}
    for i in range(n): d[i]=x*i
    m=max(d,key=d.get) if d else 0
    return d.get(m,x)*x
def f67(x: float, n: int):
    d={}
    for i in range(n): d[i]=x*i
    v=d.values()
    d[99]=x
    return sum(v)*x
def f68(x: float, n: int):
    seen={}; s=0.0
    for i in range(n):
        k=i%2
        if k in seen: t=x*2
        else: t=x*x*3
        seen[k]=i
        s+=t
    return s
def f69(x: float, n: int):
    seen={0:0,1:0}; s=0.0
    for i in range(n):
        k=i%2
        if seen[k]>1: t=x*2
        else: t=x*x*3
        seen[k]=seen[k]+1
        s+=t
    return s
def f70(x: float, n: int):
    seen=[]; s=0.0
    for i in range(n):
        k=i%2
        if k in seen: t=x*2
        else: t=x*x*3
        seen.append(k)
        s+=t
    return s
def f71(x: float, n: int):
    seen={}; s=0.0
    for i in range(n):
        k=i%2
        if len(seen)>1: t=x*2
        else: t=x*x*3
        seen[k]=i
        s+=t
    return s
def f72(x: float, n: int):
    seen={}; s=0.0
    for i in range(n):
        t=x*len(seen)
        seen[i]=i
        s+=t*x
    return s
def f73(x: float, n: int):
    seen=set(); s=0.0
    for i in range(n):
        t=x*len(seen)
        seen.add(i)
        s+=t*x
    return s
def f74(x: float, n: int):
    seen={}; s=0.0
    for i in range(n):
        t=x*seen.get(i%2,0)
        seen[i%2]=i
        s+=t*x
    return s
def f75(x: float, n: int):
    seen=deque(); s=0.0
    for i in range(n):
        t=x*len(seen); seen.append(i); s+=t*x
    return s
def f76(x: float, n: int):
    c=Counter(); s=0.0
    for i in range(n):
        t=x*(len(c)+1); c[i%3]+=1; s+=t*x
    return s
def f77(x: float, n: int):
    g={0:[],1:[]}; s=0.0
    for i in range(n):
        l=g[i%2]
        t=x*len(l); l.append(i); s+=t*x
    return s
def f78(x: float, n: int):
    seen=set(); s=0.0; al=seen
    for i in range(n):
        if i%2 in al: t=x
        else: t=x**2
        seen.add(i%2); s+=t*x
    return s


FUNCTIONS = [value for key, value in list(globals().items()) if key[0] == "f" and key[1:].isdigit()]
REFUSED = set("f2 f4 f5 f6 f10 f14 f20 f23 f25 f30 f37 f41 f42 f48 f52 f53 f55 f58 f60 f61 f64 f65 f66 f74 f77".split())
