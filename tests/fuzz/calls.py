"""Calls of NumPy's functions that dual numbers don't have: programs with them have differences as their only reference.

Each line below is a call. What stands in braces is written anew each time; n, m, k and l are lengths, of which n and m
are the result's:

    {n+1,k}    an array of this shape; {*} of the result's, {~} one that broadcasts to it, {} a number
    {+n}       one that is positive; {/n} one whose items differ; {?n} one of booleans
    {@n}       an invertible matrix; {^n} one that is symmetric, too
    {#n}       a place on an axis of this length; {#k,n} a list of k such places; {=n-1} this integer
    {a|b}      one of these texts
    {v}        what is changed
"""

__all__ = [
    "ANY",
    "CHANGES",
    "CHANGES_OF_MATRICES",
    "CHANGES_OF_VECTORS",
    "MATRICES",
    "NUMBERS",
    "VECTORS",
]

NUMBERS = """
np.linalg.norm({n})
np.linalg.norm({n}, {1|2|3|ord=1})
np.linalg.norm({n,k}{|, 'fro'})
np.linalg.det({@n})
np.linalg.slogdet({@n})[1]
np.linalg.eigvalsh({^n})[{#n}]
np.linalg.solve({@n}, {n})[{#n}]
np.trace({n,k}{|, offset=1|, -1})
np.{std|var}({/n+1,k}{|, ddof=1})
{/n+1}.{std|var}({|ddof=1})
np.{median|ptp|max|nanmin|amax|nansum|nanmean|prod|nanprod|count_nonzero}({n,k})
np.quantile({n}, {0.3|0.5|0.75})
np.percentile({n,k}, {40|90})
np.average({n}, weights={+n})
np.{trapezoid({n})|trapezoid({n}, dx=0.5)|trapezoid({n}, {n})|trapezoid({n}, x=np.cumsum({+n}))}
np.interp({}, np.linspace(-2.0, 2.0, {=n}), {n})
np.{vdot|inner|dot}({n}, {n})
np.einsum({'i,i', {n}, {n}|'ij,ij->', {n,k}, {n,k}|'i,ij->j', {n}, {n,k}|'ii', {n,n}})
np.tensordot({n,k}, {n,k})
np.polyval({n}, {})
np.sum({n,k}{|, axis=None})
np.cov({/n+1}, {n+1})[0, 1]
np.corrcoef({/n+1}, {/n+1} ** 2)[0, {0|1}]
np.{add|multiply|maximum|minimum}.reduce({n})
np.{logaddexp|hypot|copysign|maximum|fmin|logaddexp2}({}, {})
np.arctan2({}, {+})
np.{cbrt|log2|log10|log1p|reciprocal|exp2|float64|sqrt}({+})
np.{sinc|arcsinh|expm1|square|deg2rad|positive|nan_to_num|float64|exp}({})
np.power({+}, {})
np.clip({}, {-0.8|None|-1.2}, {1.1|{}})
np.{fmod|mod|remainder}({}, 0.9)
np.modf({})[0]
np.take({n,k}, {#n})
({n}).{take|item}({#n})
({n}).{max|min|prod|mean}()
np.squeeze({1,1}).item()
float(np.{sum|max}({n}))
sum({n}, {})
np.cross({3}, {3})[{#3}]
np.digitize({}, [-1.0, 0.0, 1.0]) * {}
math.dist({/2}, {2})
math.{fsum|prod}({n})
math.{log|sqrt|log1p}({+})
"""

ANY = """
np.{logaddexp|hypot|maximum|fmax|copysign|logaddexp2|subtract}({*}, {~})
np.{multiply|add|hypot}({~}, {*})
np.arctan2({*}, {+*})
np.{power|float_power}({+*}, {~})
np.{cbrt|log2|log10|log1p|reciprocal|exp2|sqrt}({+*})
np.{sinc|arcsinh|expm1|square|deg2rad|positive}({*})
np.{nan_to_num|negative|fabs|real|asarray|ascontiguousarray}({*})
np.{fmod|remainder|floor_divide}({*}, {0.9|{~}})
np.clip({*}, {-0.8|None|{~}}, {1.1|1.3 + {~} ** 2})
({*}).clip({-0.5|min=-0.4|-0.5, 0.9})
np.where({?*}, {*}, {~})
np.select([{?*}, {?*}], [{*}, {~}]{|, {}|, default=0.5})
np.choose(({*} > 0.3).astype(int), [{*}, {*}])
np.fmin({~}, {*})
np.flip({*})
np.full_like({*}, {})
({*}).astype(float)
np.array({*}{|, copy=True|, dtype=float})
np.reshape(np.ravel({*}), np.shape({*}))
np.broadcast_to({~}, np.shape({*}))
np.sign({*}) * {*}
np.round({*}, 1) * {*}
np.add({*}, {~}, where={?*}, out=np.copy({*}))
np.exp({*}, out=np.zeros_like({*}), where={?*})
np.moveaxis(np.stack([{*}, {*}]), 0, -1)[..., {0|1}]
np.concatenate([({*})[None], ({*})[None]])[{0|1}]
np.linspace({*}, {*}, 3)[{#3}]
np.diff(np.stack([{*}, {*}, {*}]), axis=0)[{#2}]
np.interp({*}, np.linspace(-2.0, 2.0, {=k+1}), {k+1})
np.polyval({k}, {*})
np.take({k}, np.zeros_like({*}, dtype=int))
np.average([{*}, {*}], axis=0)
np.{max|min|mean|median|prod|ptp|var}([{*}, {*}, {*}], axis=0)
np.divmod({*}, 0.7)[1]
np.modf({*})[0]
"""

VECTORS = """
np.sort({n}{|, axis=0|, kind='stable'})
np.sort({n,k}, axis={0|-2})[:, {#k}]
np.partition({n}, {#n})
np.{cumprod|cumsum|nancumsum|cumulative_sum}({n}{|, axis=0})
({n}).{cumprod|cumsum}()
np.{cumsum|cumprod}({n,k}, {0|1|axis=-1})[:, {#k}]
np.diff({n+1}{|, axis=0})
np.diff({n+2}, {2|n=2})
np.{ediff1d({n+1})|gradient({n+2})[1:-1]|gradient({n+1}, 0.5)[1:]}
np.roll({n}, {1|-1|2|{#n}})
np.{tile({n}, 2)[{=n}:]|repeat({n}, 2)[::2]|repeat({n}, 2)[:{=n}]}
np.repeat({1}, {=n})
np.insert({n-1}, {#n}, {})
np.delete({n+1}, {#n})
np.{append({n-1}, {})|hstack([{n-1}, {}])|concatenate([{n-1}, [{}]])}
np.pad({n}, 1)[{1:-1|:-2|2:}]
np.convolve({n}, {k}{|, 'full'})[:{=n}]
np.convolve({n}, {2}, mode='same')
np.convolve({n+1}, {2}, 'valid')
np.correlate({n+1}, {2})
np.correlate({n}, {k}, 'full')[:{=n}]
np.average({n,k}, axis=1{|, weights={+k}|, weights={+n,k}})
np.average({k,n}, 0{|, weights={+k}|, {+k,n}})
np.trapezoid({k,n}, axis=0)
np.trapezoid({n,k+1}{|, dx=0.3|, x={k+1}})
np.take_along_axis({n,k}, np.argsort({n,k}, axis=1), axis=1)[:, 0]
np.take_along_axis({n}, np.argsort({n}), 0)
np.take({k}, {#n,k})
np.take({n,k}, {#k}, axis={1|-1})
({k})[{#n,k}]
np.linalg.norm({n,k}, axis={1|-1}{|, ord=1|, ord=2|, ord=3})
np.linalg.norm({k,n}{|, 1}, axis=0)
np.linalg.solve({@n}, {n})
np.linalg.inv({@n}){ @ {n}|[{#n}]|[:, {#n}]}
np.linalg.pinv({n,k+1})[:, {#k}]
np.linalg.eigvalsh({^n})
np.linalg.eigh({^n})[0]
np.linalg.cholesky({^n}){[-1]|.T[0]|.diagonal()}
np.linalg.matrix_power({@n}, {2|3|0|-1})[0]
np.linalg.det(np.stack([{@k}] * {=n}))
np.{diag({n,n})|diagonal({n,n})|diag({n+1,n+1}, 1)|diag({n,n+1}, k=1)|trace({k,k,n})}
np.{std|var}({/n,k+1}, axis={1|-1}{|, ddof=1})
np.{std|var}({/k,n}, 0)
{/k+1,n}.{std|var}(axis=0, ddof=1)
np.{max|min|prod|median|ptp|nansum|nanmean|nanmax|sum|mean}({n,k}, axis={1|-1})
np.{max|min|prod|sum|mean|median}({n,k}, axis=1, keepdims=True)[:, 0]
np.{sum|mean|prod}({k,n}, axis=0)
np.sum({k,n,2}, axis=(0, {2|-1}))
np.{quantile|percentile}({n,k}, 0.4, axis=1)
np.quantile({k,n}, [0.25, 0.6], axis=0)[{0|1}]
np.{add|multiply|maximum|minimum}.reduce({n,k}, axis={1|-1})
np.{add|multiply|maximum}.reduce({k,n}{|, axis=0})
np.{add|multiply}.accumulate({n})
np.multiply.outer({n}, {k})[:, {#k}]
np.einsum({'ij,j->i', {n,k}, {k}|'ij->i', {n,k}|'ij->j', {k,n}})
np.einsum({'i,ij->j', {k}, {k,n}|'ii->i', {n,n}|'i,i->i', {n}, {n}})
np.{tensordot({n,k}, {k}, 1)|tensordot({k,n}, {k}, axes=(0, 0))}
np.{tensordot({n,k,2}, {k,2})|inner({n,k}, {k})|dot({k}, {k,n})}
np.matmul({n,k}, {k})
({n,k}).dot({k})
np.kron({n}, {2})[::2]
np.outer({n}, {k})[:, {#k}]
np.{array_split({n+2}, [{=n}])[0]|split({n+1}, [1])[1]}
np.{split({n,2}, 2, axis=1)[{0|1}][:, 0]|hsplit({n+1}, [1])[1]}
np.{squeeze({n,1})|squeeze({1,n}, 0)|swapaxes({1,n}, 0, 1)[:, 0]}
np.{atleast_1d({n})|atleast_2d({n})[0]|rot90({n,k})[:, 0][:{=n}]}
np.moveaxis({k,n}, 0, -1)[:, {#k}]
np.compress(np.arange({=n+1}) > 0, {n+1})
np.bincount({#k,n}, weights={k}, minlength={=n})
np.vander({n}, 3)[:, {0|1}]
np.polyder({n+1})
np.cov({n,k+1})[0]
np.{geomspace|linspace}({+}, {+}, {=n})
np.arange({=n}) * {}
np.meshgrid({n}, {k})[0][{#k}]
np.array([{n}, {n}])[{#2}]
np.array(sorted({n}{|, reverse=True}))
np.array(({n}).tolist())
"""

MATRICES = """
np.sort({n,m}{|, axis=0|, 1|, axis=-1})
np.partition({n,m}, {#n}, axis=0)
np.{cumsum|cumprod}({n,m}, axis={0|1|-1})
({n,m}).cumsum(axis={0|1})
np.cumsum({n,m}).reshape({=n}, {=m})
np.diff({n+1,m}, axis={0|-2})
np.diff({n,m+1}{|, axis=1})
np.gradient({n+1,m+1}){[0]|[1]}[:-1, :-1]
np.gradient({n+1,m}, axis=0)[1:]
np.roll({n,m}, {1|(1, 1), axis=(0, 1)|1, axis=1|-1, 0})
np.tile({m}, ({=n}, 1))
np.repeat({n,1}, {=m}, axis=1)
np.repeat({1,m}, {=n}, 0)
np.{insert({n-1,m}, {#n}, {m}, axis=0)|delete({n+1,m}, {#n}, 0)|append({n-1,m}, {1,m}, axis=0)}
np.pad({n,m}, 1)[{1:-1, 1:-1|:-2, 2:}]
np.pad({n,m-1}, ((0, 0), {(1, 0)|(0, 1)}))
np.average({n,m,k}, axis=2, weights={+k})
np.take_along_axis({n,m}, {np.argsort({n,m}, axis=0), axis=0|np.argsort({n,m}, axis=1), axis=1})
np.take({n,k}, {#m,k}, axis=1)
({k,m})[{#n,k}]
np.linalg.norm({n,m,k}, axis={2|-1})
np.linalg.norm({n,m}, axis={0|1}, keepdims=True) * {n,m}
np.linalg.solve({@n}, {n,m})
np.linalg.inv({@n}) @ {n,m}
np.linalg.pinv({m,n})
np.linalg.cholesky({^n}) @ {n,m}
np.abs(np.linalg.eigh({^n})[1]) @ {n,m}
np.linalg.matrix_power({@n}, {2|3|-2}) @ {n,m}
np.{tril|triu}({n,m}{|, 1|, k=-1})
np.{diag|diagflat}({n}) @ {n,m}
np.{std|var}({/n,k+1}, axis=1, keepdims=True{|, ddof=1}) * {n,m}
np.{max|min|prod|sum|mean|median|ptp|nanmax}({n,m,2}, axis={2|-1})
np.{max|min|sum|mean|median|prod|var}({n,m}, axis={0|1}, keepdims=True) - {n,m}
np.{add|multiply|maximum}.reduce({n,m,k}, axis=-1)
np.{add|multiply}.accumulate({n,m}{|, axis=1})
np.{add|multiply|subtract|logaddexp|maximum|hypot}.outer({n}, {m})
np.einsum({'ij,jk->ik', {n,k}, {k,m}|'ij->ji', {m,n}})
np.einsum({'i,j->ij', {n}, {m}|'ij,ij->ij', {n,m}, {n,m}|'i...->...i', {m,n}})
np.einsum('ijk,k->ij', {n,m,k}, {k})
np.{tensordot({n,k}, {k,m}, 1)|tensordot({k,n}, {m,k}, axes=([0], [1]))}
np.{tensordot({n}, {m}, axes=0)|inner({n,k}, {m,k})|dot({n,k}, {k,m})}
np.matmul({n,k}, {k,m})
np.kron({n,1}, {1,m})
np.kron({1,m}, {n,1})
np.outer({n}, {m})
np.{vstack|stack|array}([{m}] * {=n})
np.{column_stack([{n}, {n}])|stack([{n}, {n}], axis={1|-1})} @ {2,m}
np.{hstack([{n,1}, {n,m-1}])|concatenate(({n,1}, {n,m-1}), axis=1)}
np.{concatenate([{n-1,m}, {1,m}])|dstack([{n,m}, {n,m}])[:, :, 0]}
np.{array_split({n,m+1}, [1], axis=1)[1]|vsplit({n+1,m}, [{=n}])[0]|hsplit({n,m+2}, [2])[1]}
np.{squeeze({n,1,m})|squeeze({n,m,1}, axis=-1)|swapaxes({m,n}, 0, 1)|atleast_2d({n,m})}
np.{rot90({m,n})|rot90({n,m}, 2)|fliplr({n,m})|flipud({n,m})}
np.transpose({m,n,1}, (1, 0, 2))[:, :, 0]
np.moveaxis({m,n}, 0, 1)
np.expand_dims({n}, 1) * {m}
np.flip({n,m}, {0|1|axis=(0, 1)})
np.ravel({n,m}{|, order='F'}).reshape({=n}, {=m})
np.reshape({n,m}, ({=m}, {=n}), order='F').T
({n,m}).{flatten()|ravel()|reshape(-1)}.reshape({=n}, -1)
np.vander({n}, {=m})
np.cov({n,m+1})[:, :1] * {m}
np.corrcoef({/n,m+2} ** 2) @ {n,m}
np.cross({n,3}, {n,3})[:, :1] * {m}
np.meshgrid({m}, {n}){[0]|[1]}
np.meshgrid({n}, {m}, indexing='ij'){[0]|[1]}
np.broadcast_to({1,m}, ({=n}, {=m}))
np.linspace({m}, {m}, {=n})
np.ix_({#n,k}, {#m,k})[0] * {n,m}
({k,k})[np.ix_({#n,k}, {#m,k})]
np.array([[{}] * {=m}] * {=n})
"""

CHANGES = """
np.copyto({v}, {*})
np.copyto({v}, {~}, where={?*})
np.{hypot|logaddexp|multiply|subtract|maximum}({*}, {~}, out={v})
np.{add|multiply|fmin}({v}, {~}, out={v})
np.{exp|sin|square|negative}({v}, out={v})
np.{multiply|add}({*}, {~}, out={v}, where={?*})
np.{tanh|cos}({*}, {v})
np.clip({v}, -0.9, 1.1, out={v})
({v}).clip(-0.9, {}, out={v})
np.{cumsum|cumprod}({v}, axis=0, out={v})
np.{cumsum|add.accumulate}({*}, axis=0, out={v})
np.putmask({v}, {?*}, {*})
np.place({v}, {?*}, [{}])
{v}[{?*}] = {}
{v}[{?*}] {*|+|-}= {}
{v}[...] {|+|*}= {*}
{v} {+|-|*}= {~}
np.{sum|mean|max|prod}([{*}, {*}], axis=0, out={v})
np.round({v}, 1, out={v})
np.sum([{*}, {*}, {*}], 0, out={v})
({v}).fill({})
({v}).sort(axis=0)
"""

CHANGES_OF_VECTORS = """
{v}.sort()
{v}[:{=n-1}] = np.sort({n-1})
{v}[::-1] {|+}= np.cumsum({n})
{v}[1:] {|+|-|*}= np.diff({v})
np.{add|subtract|multiply|divide}.at({v}, {#2,n}, 1.5 + {2} ** 2)
np.put({v}, {#2,n}, {2})
np.put({v}, {#n}, {})
{v}[{#k,n}] {|+|*}= {k}
np.einsum('ij,j->i', {n,k}, {k}, out={v})
np.{matmul|dot}({n,k}, {k}, out={v})
np.{sum|max|mean|prod}({n,k}, axis=1, out={v})
np.take({k}, {#n,k}, out={v})
"""

CHANGES_OF_MATRICES = """
np.fill_diagonal({v}, {{}|{n}})
{v}.sort({|axis=0|1})
np.add.at({v}, ({#2,n}, {#2,m}), {2})
np.add.at({v}, {#2,n}, {{2,m}|{m}|{}})
np.einsum('i,j->ij', {n}, {m}, out={v})
np.{matmul|dot}({n,k}, {k,m}, out={v})
np.outer({n}, {m}, out={v})
{v}[np.tril_indices({=n}, m={=m})] {|*|+}= {}
{v}[np.diag_indices(2)] {|*|+}= {2}
{v}[{#k,n}, {#k,m}] {|+}= {k}
{v}[:, {#m}] {|+|*}= np.{cumsum|sort|flip}({n})
np.{sum|mean|max}({n,m,2}, axis=-1, out={v})
"""
