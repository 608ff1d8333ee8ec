"""Templates from people: fields, for and if; everything else is refused in one sentence."""

import io
import zipfile

import pytest
from docx import Document

from linli.files.policy.document import MAX_DOCUMENT
from linli.files.services import check_letter, fill
from linli.lib.errors import Refusal

SAMPLE = {"body": "党支部", "rows": [{"name": "王", "lines": [{"yes": 1}]}]}


def document(*lines, part=None, content=b""):
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    file = io.BytesIO()
    made.save(file)
    if part:
        with zipfile.ZipFile(file, "a") as package:
            package.writestr(part, content)
    return file.getvalue()


def text(data):
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def test_fields_and_rows_are_filled_and_marks_stay_text():
    data = document("{{ body }}", "{%p for one in rows %}", "{{ one.name }}", "{%p endfor %}")
    check_letter(data, "a.docx", SAMPLE)
    filled = text(fill(data, {"body": "<b>甲&乙</b> {{ 7 * 7 }}", "rows": [{"name": "李"}, {"name": "王"}]}))
    assert filled == "<b>甲&乙</b> {{ 7 * 7 }}\n李\n王"


@pytest.mark.parametrize(
    ("code", "lines", "words"),
    [
        ("letter.field", ["{{ boddy }}"], "boddy.*body、rows、rows.name"),
        ("letter.field", ["{% for one in rows %}{{ one.nmae }}{% endfor %}"], "nmae"),
        ("letter.syntax", ["{{ body "], "cannot be read"),
        ("letter.syntax", ["{% for one in rows %}{{ one.name }}"], "cannot be read"),
        ("letter.too_much", ["{{ body.upper() }}"], "Call"),
        ("letter.too_much", ["{{ ''.__class__.__mro__[1].__subclasses__() }}"], "Call|Getitem"),
        ("letter.too_much", ["{% set x = 1 %}"], "Assign"),
        ("letter.too_much", ["{% include 'x' %}"], "Include"),
        ("letter.too_much", ["{{ body * 100000000 }}"], "Mul"),
        ("letter.too_much", ["{{ body|center(100000000) }}"], "Filter"),
        (
            "letter.too_much",
            ["{% for a in rows %}{% for b in rows %}{% for c in rows %}{% endfor %}{% endfor %}{% endfor %}"],
            "For",
        ),
    ],
)
def test_what_a_template_may_not_say(code, lines, words):
    with pytest.raises(Refusal, match=words) as refused:
        check_letter(document(*lines), "a.docx", SAMPLE)
    assert refused.value.code == code and refused.value.field == "file"


RELS = b'<Relationships><Relationship Id="r1" Type="http://x/%s" Target="http://x/" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("document.damaged", b""),
        ("document.damaged", b"PK nothing"),
        ("document.too_large", b"0" * (MAX_DOCUMENT + 1)),
        ("document.damaged", document("a", part="word/more.xml", content=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")),
        ("document.active", document("a", part="word/vbaProject.bin")),
        ("document.active", document("a", part="word/embeddings/oleObject1.bin")),
        ("document.linked", document("a", part="word/_rels/settings.xml.rels", content=RELS % b"attachedTemplate")),
        ("document.too_large", document("a", part="word/big.xml", content=b"0" * (101 * 2**20))),
    ],
)
def test_files_that_are_no_safe_document(code, data):
    with pytest.raises(Refusal) as refused:
        check_letter(data, "a.docx", SAMPLE)
    assert refused.value.code == code and "a.docx" in str(refused.value)


def test_a_link_to_a_page_is_no_harm():
    check_letter(document("a", part="word/_rels/more.xml.rels", content=RELS % b"hyperlink"), "a.docx", SAMPLE)
