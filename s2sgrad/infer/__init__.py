"""One forward abstract interpretation: what names hold, what calls mean, which rules apply.

`engine` walks the function; `parameters` says what is known before, `calls` and `functions` what a
primitive means, `results` what it gives; `across` takes kinds into called functions, `demands` goes
back from what statements need. `facts` is the table that comes out, `resolution` its entries.
"""
