"""The form of refusals: place, message, the line with carets, remedy."""

from __future__ import annotations

import pickle

from s2sgrad.errors import Finding, TransformError

LINE = '    y = np.sort(x, kind="stable")'


def finding(**changes: object) -> Finding:
    start = LINE.index("np")
    values: dict[str, object] = {
        "filename": "model.py",
        "line": 14,
        "column": start,
        "end_line": 14,
        "end_column": len(LINE),
        "message": "np.sort(x, kind=...) has no derivative rule for the keyword 'kind'",
        "remedy": "np.sort is known with: a, axis. Leave the keyword out.",
        "source_line": LINE,
    }
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def test_the_whole_form():
    assert str(TransformError([finding()])) == (
        "model.py:14:9: np.sort(x, kind=...) has no derivative rule for the keyword 'kind'\n"
        '        y = np.sort(x, kind="stable")\n'
        "            ^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "   np.sort is known with: a, axis. Leave the keyword out."
    )


def test_several_are_sorted_by_line_and_told_once():
    error = TransformError([finding(line=20), finding(line=3), finding(line=20)])
    assert [f.line for f in error.findings] == [3, 20]
    assert str(error).count("model.py:") == 2


def test_files_keep_the_order_in_which_they_were_found():
    error = TransformError(
        [
            finding(filename="b.py"),
            finding(filename="a.py", line=1),
            finding(filename="b.py", line=2),
        ]
    )
    assert [(f.filename, f.line) for f in error.findings] == [
        ("b.py", 2),
        ("b.py", 14),
        ("a.py", 1),
    ]


def test_a_construct_of_several_lines_is_marked_to_the_end_of_the_first():
    line = "    y = f(a,   "
    text = str(finding(column=8, end_line=16, end_column=3, source_line=line))
    assert text.splitlines()[1:3] == ["        y = f(a,", "            ^^^^"]


def test_tabs_and_wide_characters_keep_the_carets_below():
    line = "\t\ty = '数' +\tx"
    text = str(finding(column=line.index("x"), end_column=len(line), source_line=line))
    shown, carets = text.splitlines()[1:3]
    assert shown == "        y = '数' + x"
    assert carets == " " * 8 + " " * len("y = 'xx' + ") + "^"


def test_a_combining_character_takes_no_column():
    line = "e\u0301 = bad"
    carets = str(
        finding(column=line.index("bad"), end_column=len(line), source_line=line)
    ).splitlines()[2]
    assert carets == " " * 8 + " " * 4 + "^^^"


def test_a_finding_without_a_place_names_what_it_is_about():
    text = str(
        finding(filename="math.sin", line=0, message="it is not written in Python", source_line="")
    )
    assert text.splitlines()[0] == "math.sin: it is not written in Python"


def test_a_caret_is_shown_for_an_empty_range_and_columns_beyond_the_line():
    assert str(finding(column=4, end_column=4)).splitlines()[2].strip() == "^"
    assert str(finding(column=400, end_column=500)).splitlines()[2].strip() == "^"


def test_it_pickles():
    error = TransformError([finding(), finding(line=2)])
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is TransformError
    assert again.findings == error.findings
    assert str(again) == str(error)
