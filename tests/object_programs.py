"""Programs with objects, dicts and functions that are passed on, in which names share them or are bound again."""

import functools
import math
from dataclasses import dataclass, replace

import numpy as np


@dataclass
class P:
    a: float
    b: float = 1.0
    def up(self, v): self.a += v; return self
    def sw(self): self.a, self.b = self.b, self.a
    def get(self): return self.a*self.b**2
class N:
    def __init__(self, v): self.v=v; self.hist=[]; self.child=None
    def add(self, w):
        self.hist.append(w); self.v = self.v*w
        return self
    def set(self, c): self.child=c
class Acc:
    total=0.0
    def __init__(self): self.items=[]
    def __iadd__(self,o): self.total=self.total+o; return self
def f1(x: float):
    p=P(x); q=p; q.up(x*x); return p.get()
def f2(x: float):
    p=P(x,2.0); q=replace(p); q.a=x*x; return p.get()+q.get()
def f3(x: float):
    p=P(x,x*x); p.sw(); return p.get()
def f4(x: float, n: int):
    p=P(x)
    for i in range(n):
        q=P(p.a*x, p.b+1.0)
        if i%2: p=q
        else: p.up(x)
    return p.get()
def f5(x: float):
    n=N(x); n.add(x).add(2.0); return n.v*sum(n.hist)
def f6(x: float):
    a=N(x); b=N(2.0); a.set(b); a.child.v=x*x; return b.v+a.v
def f7(x: float):
    a=N(x); b=a; a=N(x*x); return a.v*b.v
def f8(x: float, n: int):
    prev=P(x,x); cur=P(1.0,x)
    for _ in range(n):
        prev, cur = cur, P(prev.a+cur.b, cur.a*x)
    return cur.get()+prev.get()
def f9(x: float):
    d={"a":x}; e=d; e["a"]=x*x; return d["a"]*x
def f10(x: float):
    d={"a":x}; e=dict(d); e["a"]=x*x; return d["a"]*x+e["a"]
def f11(x: float):
    d={"a":x}; e={**d,"b":x*x}; d["a"]=2.0*x; return e["a"]*e["b"]+d["a"]
def f12(x: float):
    k=2.0
    g=lambda t: t*k
    def ap(f,v): return f(v)
    r=ap(g,x); k=3.0
    return r+ap(g,x*x)
def f13(x: float):
    g=functools.partial(pow2, x); x=x*2
    return g(3.0)*x
def pow2(a,b): return a*a*b
def f14(x: float):
    p=P(x); l=[p,P(x*x)]; l[0].a=x*x*x
    return p.a+l[1].a
def f15(x: float):
    p=P(x); t=(p,1.0); p.a=x*x
    return t[0].a
def f16(x: float, c: bool):
    p=P(x)
    if c: p.a=x*x; p.b=x
    return p.get()
def f17(x: float, n: int):
    acc=Acc()
    for i in range(n): acc += x*i
    return acc.total
def f18(x: float, n: int):
    p=P(x)
    def bump(v): p.a = p.a*v
    for i in range(n): bump(x+i)
    return p.get()
def modify(p, v): p.a=p.a*v
def f19(x: float, n: int):
    p=P(x)
    for i in range(n): modify(p, x+i)
    return p.get()
def mk(v): return P(v, v*v)
def f20(x: float):
    p=mk(x); q=mk(x*x); p.up(q.a); return p.get()+q.get()
def f21(x: float):
    p=P(x); h=p.get; p.a=x*x
    return h()
def f22(x: float):
    d={"a":x,"b":2.0}
    s=0.0
    for k,v in d.items():
        d[k]=v*x; s+=v
    return s+d["a"]+d["b"]
def f23(x: float, n:int):
    xs=[x]; 
    p=P(x)
    while len(xs)<n:
        xs.append(p.a); p=P(p.a*x,p.b)
    return sum(xs)
def inner(*args):
    out=0.0
    for a in args: out=out*2+a
    return out
def f24(x: float, y: float):
    t=(x,y)
    r=inner(*t); x=y*x
    return r+inner(x,*t,y)
def f25(x: float):
    try: v=math.sqrt(x)
    except ValueError: v=x
    else: v=v*2
    finally: w=x
    return v+w
def f26(x: float, n:int):
    for i in range(n):
        try:
            if i==2: return x*i
            x=x*2
        finally:
            x=x+1
    return x
def f27(x: np.ndarray):
    a,*m,b=[v*v for v in x]
    m[0]=a*b
    return sum(m)+a
def f28(x: float, k: int):
    match (k, x):
        case (0, v): return v*v
        case (1|2, v) if v>0: return 3*v
        case (_, v): return -v*k
def f29(x: float):
    p=P(x); p2=P(p.a, p); p.a=x*x
    return p2.b.a*p2.a
def f30(x: float):
    p=P(x)
    q=p if x>0 else P(2.0)
    q.a=x*x
    return p.a

class M:
    def __init__(self,w): self.w=w; self.s=0.0
    def step(self,g): self.w -= g; self.s += g.sum()
def in_place(w: np.ndarray):
    v=w*1.0
    m=M(v); m.step(v*v)
    return v.sum()+m.w.sum()*2+m.s
def in_place_in_a_loop(w: np.ndarray):
    m=M(w*2.0)
    for i in range(3): m.step(0.1*m.w)
    return m.w.sum()+m.s
def in_a_dict(x: float):
    d={"a":x}; d["a"]+=x*x; return d["a"]*x

INPUTS = [
    (in_place, np.array([1.0, 2.0])),
    (in_place_in_a_loop, np.array([1.0, 2.0])),
    (in_a_dict, 1.3),
    (f1,1.3),
    (f2,1.3),
    (f3,1.3),
    (f4,1.3,0),
    (f4,1.3,5),
    (f5,1.3),
    (f6,1.3),
    (f7,1.3),
    (f8,1.3,0),
    (f8,1.3,4),
    (f9,1.3),
    (f10,1.3),
    (f11,1.3),
    (f12,1.3),
    (f13,1.3),
    (f14,1.3),
    (f15,1.3),
    (f16,1.3,True),
    (f16,1.3,False),
    (f17,1.3,3),
    (f18,1.3,3),
    (f19,1.3,3),
    (f20,1.3),
    (f21,1.3),
    (f22,1.3),
    (f23,1.3,4),
    (f24,1.3,.7),
    (f25,1.3),
    (f25,-1.3),
    (f26,1.3,2),
    (f26,1.3,5),
    (f27,np.array([1.,2.,3.,.5])),
    (f28,1.3,0),
    (f28,1.3,1),
    (f28,-1.3,2),
    (f28,1.3,5),
    (f29,1.3),
    (f30,1.3)]
