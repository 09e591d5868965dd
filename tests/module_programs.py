"""Programs that read and write what is around them, one a module: each begins where the module does.

Each is a text that follows `STATE = np.array([1.0, 2.0, 3.0])`, with a function f(s).
"""

from __future__ import annotations

__all__ = ["PROGRAMS"]

PROGRAMS = {
    "active_then_wr": """
def rd(s): return s * STATE
def wr(v): STATE[0] = v
def f(s):
    a = rd(s)
    wr(5.0)
    return a * rd(s)
""",
    "active_then_store": """
def rd(s): return s * STATE
def f(s):
    a = rd(s)
    STATE[0] = 5.0
    return a
""",
    "active_glob": """
K = 2.0
def rd(s): return s * K
def wr():
    global K
    K = 7.0
def f(s):
    a = rd(s)
    wr()
    return a * rd(s)
""",
    "active_nested": """
def rd2(s): return s * STATE
def rd(s): return rd2(s) * s
def wr(v): STATE[0] = v
def wr2(v): wr(v)
def f(s):
    a = rd(s)
    wr2(5.0)
    return a
""",
    "active_lambda": """
rd = lambda s: s * STATE
wr = lambda v: STATE.fill(v)
def f(s):
    a = rd(s)
    wr(5.0)
    return a
""",
    "active_rebound": """
def rd(s): return s * STATE
def wr():
    global STATE
    STATE = np.ones(3)
def f(s):
    a = rd(s)
    wr()
    return a * STATE
""",
    "active_loop": """
def rd(s): return s * STATE
def wr(v): STATE[0] = v
def f(s, n=3):
    t = 0.0
    for k in range(n):
        t = t + rd(s) ** 2
        wr(k)
    return t
""",
    "closure_changed": """
def make():
    w = np.array([1.0, 2.0])
    def rd(s):
        return s * w
    def wr(v):
        w[0] = v
    return rd, wr
rd, wr = make()
def f(s):
    a = rd(s)
    wr(5.0)
    return a * rd(s)
""",
    "closure_nonlocal2": """
def make():
    k = 1.0
    def get():
        return k
    def put(v):
        nonlocal k
        k = v
    return get, put
get, put = make()
def f(s):
    a = s * get()
    put(5.0)
    return a * get()
""",
    "closure_f2": """
def make():
    k = 1.0
    def h():
        nonlocal k
        k += 1
    def f(s):
        a = s * k
        h()
        return a * k
    return f
f = make()
""",
    "fattr2": """
def h():
    h.w[0] += 1
    return h.w
h.w = np.ones(3)
def f(s):
    a = s * h()
    return a * h()
""",
    "fattr4": """
def h():
    g.w[0] = 5.0
def g(s):
    return s * g.w
g.w = np.ones(3)
def f(s):
    a = g(s)
    h()
    return a * g(s)
""",
    "method_default4": """
def h(v, acc=np.zeros(3)):
    acc[0] += v
    return acc
def f(s):
    a = s * h(2.0)
    b = s * s * h(3.0)
    return a * b
""",
    "numpy_method_bound": """
FILL = STATE.fill
def f(s):
    a = s * STATE
    FILL(2.0)
    return a
""",
    "append_bound": """
L = [1.0]
ADD = L.append
def f(s):
    a = s * sum(L)
    ADD(2.0)
    return a * sum(L)
""",
    "setter_bound": """
PUT = STATE.__setitem__
def f(s):
    a = s * STATE
    PUT(0, 5.0)
    return a
""",
    "bound_method_list": """
class C:
    def on(self, v): STATE[0] += v
CBS = [C().on]
def f(s):
    a = s * STATE
    for cb in CBS: cb(2.0)
    return a * STATE
""",
    "cls_attr_rebound": """
class C:
    k = 2.0
class D(C):
    pass
d = D()
def h():
    C.k = 5.0
def f(s):
    a = s * d.k
    h()
    return a * d.k
""",
    "setattr_fn": """
class C: k = 1.0
def f(s):
    a = s * C.k
    setattr(C, 'k', 3.0)
    return a * C.k
""",
    "globals_fn": """
K = 1.0
def f(s):
    a = s * K
    globals()['K'] = 3.0
    return a * K
""",
    "exec_fn": """
K = 1.0
def h():
    exec('K = 3.0', globals())
def f(s):
    a = s * K
    h()
    return a * K
""",
    "flist": """
L = [lambda v: v * 2, lambda v: v * 3]
def h():
    L.reverse()
def f(s):
    a = L[0](s)
    h()
    return a * L[0](s)
""",
    "fdict": """
T = {'a': lambda v: v * 2, 'b': lambda v: v * 3}
def h():
    T['a'] = T['b']
def f(s):
    a = T['a'](s)
    h()
    return a + T['a'](s * s)
""",
    "glob_fn": """
def one(v): return v
def two(v): return 2 * v
cur = one
def h():
    global cur
    cur = two
def f(s):
    a = cur(s)
    h()
    return a + cur(s * s)
""",
    "del_global": """
L = [1.0, 2.0]
def h():
    del L[0]
def f(s):
    a = s * L[0]
    h()
    return a * L[0]
""",
    "slots": """
class C:
    __slots__ = ('a', 'b')
    def __init__(self):
        self.a = 2.0
        self.b = STATE
c = C()
def h():
    c.a = 3.0
    c.b[0] = 8.0
def f(s):
    q = s * STATE * c.a
    h()
    return q * c.a
""",
    "own_default_state": """
def f(s, acc=STATE):
    q = s * acc
    STATE[0] += 1
    return q * s
""",
    "own_default_state2": """
def h():
    STATE[0] = 7.0
def f(s, acc=STATE):
    q = s * acc
    h()
    return q * s * acc
""",
    "ret_nested": """
SH = {'a': [STATE]}
def g(): return SH['a'][0]
def wr(v): STATE[0] = v
def f(s):
    h = g()
    a = s * h
    wr(5.0)
    return a * h
""",
    "ret_attr": """
class C: pass
c = C(); c.w = STATE
def g(): return c.w
def wr(v): STATE[0] = v
def f(s):
    h = g()
    a = s * h
    wr(5.0)
    return a * h
""",
    "ret_view": """
V = STATE[1:]
def g(): return V
def wr(v): STATE[1] = v
def f(s):
    h = g()
    a = s * h
    wr(5.0)
    return a * h
""",
    "ret_view2": """
V = STATE[1:]
def f(s):
    a = s * V
    STATE[1] = 9.0
    return a * V
""",
    "ret_view5": """
V, W = STATE[1:], STATE[:2]
def f(s):
    a = s * W
    V[0] = 9.0
    return a * W
""",
    "ret_view6": """
V, W = STATE[1:], STATE[:2]
def f(s):
    V[0] = s
    return W * s
""",
    "same_two": """
A1 = STATE
def f(s):
    a = s * A1
    STATE[0] = 4.0
    return a * A1
""",
    "same_two_active": """
A1 = STATE
def f(s):
    STATE[0] = s
    return A1 * s
""",
    "obj_same": """
class C: pass
c = C(); c.w = STATE
def f(s):
    a = s * c.w
    STATE[0] = 4.0
    return a * c.w
""",
    "dict_same2": """
D = {'a': STATE}
def f(s):
    a = s * D['a']
    STATE[0] = 4.0
    return a * D['a']
""",
    "obj_same_act": """
class C: pass
c = C(); c.w = STATE
def f(s):
    STATE[0] = s
    return s * c.w
""",
    "lst_same_act": """
L = [STATE]
def f(s):
    STATE[0] = s
    return s * L[0]
""",
    "prop_setter": """
class C:
    def __init__(self):
        self._v = 1.0
        self.w = STATE
    @property
    def v(self):
        return self._v
    @v.setter
    def v(self, q):
        self._v = q
        self.w[0] = q
c = C()
def f(s):
    a = s * STATE
    c.v = 5.0
    return a * c.v
""",
    "getattr_dyn": """
class C:
    def __init__(self):
        self.n = 0
    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        self.__dict__['n'] = self.__dict__.get('n', 0) + 1
        return self.n * 1.0
c = C()
def f(s):
    return s * c.foo + s * s * c.foo
""",
    "setitem_side": """
class C:
    def __setitem__(self, i, v):
        STATE[i] = v
c = C()
def f(s):
    a = s * STATE
    c[0] = 4.0
    return a * STATE
""",
    "setattr_side": """
class C:
    def __setattr__(self, i, v):
        STATE[0] = v
        object.__setattr__(self, i, v)
c = C()
def f(s):
    a = s * STATE
    c.q = 4.0
    return a * STATE
""",
    "descriptor": """
class Dsc:
    def __get__(self, o, t=None):
        STATE[0] += 1
        return 2.0
class C:
    d = Dsc()
c = C()
def f(s):
    a = s * STATE
    return a * c.d
""",
    "descriptor_cls": """
class Dsc:
    def __get__(self, o, t=None):
        STATE[0] += 1
        return STATE[0] * 1.0
class C:
    d = Dsc()
def f(s):
    a = s * C.d
    return a * C.d
""",
    "meta": """
class M(type):
    @property
    def k(cls):
        cls.n += 1
        return cls.n
class C(metaclass=M):
    n = 1.0
def f(s):
    return s * C.k + s * s * C.k
""",
    "meta_call": """
class M(type):
    def __call__(cls, *a):
        STATE[0] = 9.0
        return super().__call__(*a)
class C(metaclass=M):
    pass
def f(s):
    a = s * STATE
    C()
    return a
""",
    "new_side": """
class C:
    def __new__(cls):
        STATE[0] += 1
        return object.__new__(cls)
def f(s):
    q = s * STATE
    b = C()
    return q
""",
    "len_obj": """
class V:
    def __len__(self):
        STATE[0] += 1
        return 2
v = V()
def f(s):
    a = s * STATE
    return a * len(v)
""",
    "iter_obj": """
class V:
    def __iter__(self):
        STATE[0] += 1
        return iter([1.0, 2.0])
v = V()
def f(s):
    a = s * STATE
    for q in v:
        a = a * q
    return a
""",
    "contains_obj": """
class V:
    def __contains__(self, q):
        STATE[0] += 1
        return True
v = V()
def f(s):
    a = s * STATE
    if 3 in v:
        a = a * 2
    return a
""",
    "bool_obj": """
class V:
    def __bool__(self):
        STATE[0] += 1
        return True
v = V()
def f(s):
    a = s * STATE
    if v:
        a = a * 2
    return a
""",
    "eq_obj": """
class V:
    def __eq__(self, q):
        STATE[0] += 1
        return True
v = V()
def f(s):
    a = s * STATE
    if v == 2:
        a = a * 2
    return a
""",
    "fmt_obj": """
class V:
    def __str__(self):
        STATE[0] += 1
        return 'q'
v = V()
def f(s):
    a = s * STATE
    t = f'{v}'
    return a * len(t)
""",
    "pure_prop": """
class C:
    def __init__(self): self.w = STATE
    @property
    def double(self): return 2 * self.w
c = C()
def f(s): return s * c.double
""",
    "pure_item": """
class C:
    def __init__(self): self.w = STATE
    def __getitem__(self, i): return self.w[i] * 2
    def __len__(self): return 3
c = C()
def f(s):
    t = 0.0
    for i in range(len(c)):
        t += s * c[i] * s
    return t
""",
    "two_inst": """
class C:
    table = np.ones(3)
    def __init__(self, w): self.w = w
c, d = C(np.ones(3)), C(np.zeros(3))
def f(s):
    a = s * c.w * d.w * C.table
    c.calls = 3
    return a * s
""",
    "helper_mixed": """
def rd(s, d): return s * d * STATE
def wr(d, v): d[0] = v
def f(s):
    a = rd(s, STATE)
    wr(STATE, 4.0)
    return a
""",
    "helper_mixed3": """
def rd(s): return s * STATE
def f(s):
    a = rd(s)
    q = STATE
    q += 1.0
    return a
""",
    "helper_mixed5": """
class C:
    def __init__(self): self.w = np.ones(3)
    def rd(self, s): return s * self.w
c = C()
def rd2(s): return c.rd(s) * s
def f(s):
    a = rd2(s)
    c.w[0] = 5.0
    return a
""",
    "direct_attr_named": """
class C: pass
c = C(); c.w = STATE
def wr(v): STATE[0] = v
def f(s):
    h = c.w
    a = s * h
    wr(5.0)
    return a * h
""",
    "with5": """
class Cfg: k = 1.0
cfg = Cfg()
class Keep:
    def __init__(self, v): self.v = v
    def __enter__(self):
        self.old = cfg.k
        cfg.k = self.v
    def __exit__(self, *a):
        cfg.k = self.old
def f(s, x=2.0):
    a = s * cfg.k
    with Keep(4.0):
        b = a * cfg.k
    return a * b * cfg.k * x
""",
    "static_m": """
class C:
    w = np.ones(3)
    @staticmethod
    def rd(s): return s * C.w
    @classmethod
    def wr(cls, v): cls.w[0] = v
def f(s):
    a = C.rd(s)
    C.wr(5.0)
    return a * C.rd(s)
""",
    "class_m": """
class C:
    w = np.ones(3)
    @classmethod
    def rd(cls, s): return s * cls.w
class D(C):
    w = STATE
def wr(): STATE[0] = 8.0
def f(s):
    a = D.rd(s)
    wr()
    return a * D.rd(s) * C.rd(s)
""",
    "meth_obj2": """
class C:
    def __init__(self): self.w = np.ones(3)
    def rd(self, s): return s * self.w
c = C()
def wr(): c.w[:] = 4.0
def f(s):
    a = c.rd(s)
    wr()
    return a * c.rd(s)
""",
    "workspace2": """
BUF = np.zeros(3)
def work(x):
    BUF[:] = x * 2
    return BUF
def f(s):
    a = s * work(STATE)
    b = s * s * work(STATE + 1)
    return a * b
""",
    "workspace4": """
BUF = np.zeros(3)
def f(s):
    t = 0.0
    for k in range(3):
        BUF[:] = s * STATE * k
        t += (BUF * BUF).sum()
    return t
""",
    "deco": """
def scaled(g):
    def inner(s): return g(s) * STATE
    return inner
@scaled
def h(s): return s * s
def wr(): STATE[0] = 7.0
def f(s):
    a = h(s)
    wr()
    return a
""",
    "module_fn_arg": """
def apply(g, s): return g(s) * g(s)
def g(q): return q * STATE
def wr(): STATE[0] = 7.0
def f(s):
    a = apply(g, s)
    wr()
    return a
""",
}
