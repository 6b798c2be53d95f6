"""Clipboard pages of Word, LibreOffice and a browser: what is kept of them, and that all else goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.statement import ParagraphKind, Run
from app.statement.pasted import from_page, from_words

BODY, HEADING, ITEM = ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.ITEM

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal {mso-style-parent:""; margin:0cm; font-size:12.0pt;} --></style>
<!--[if gte mso 10]><style> table.MsoNormalTable {mso-style-name:"Normaali taulukko";} </style><![endif]--></head>
<body lang=FI style='tab-interval:65.2pt'>
<!--StartFragment-->
<h2><span style='mso-fareast-language:FI'>Havainnot <b>kotona</b><o:p></o:p></span></h2>
<p class=MsoNormal style='margin-bottom:8.0pt'><span lang=FI>Äiti ja lapsi
rakentavat <b style='mso-bidi-font-weight:normal'>rauhallisesti</b>, ja <i>lapsi</i> nauraa.<span
style='mso-spacerun:yes'>&nbsp; </span>Tapaaminen oli 3.11.<span style='display:none;mso-hide:all'> salaista</span><o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span>katsoo lasta<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span><span
style='mso-list:Ignore'>2.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>odottaa<o:p></o:p></p>
<p class=MsoNormal><s><del cite="mailto:x" datetime="2026-11-01T10:00">vanha</del></s><ins cite="mailto:x">uusi</ins> sana<span
class=MsoCommentReference><span style='mso-special-character:comment;mso-hide:all'>&nbsp;<a href="#_msocom_1">[A1]</a></span></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Päivä</p></td><td><p class=MsoNormal>Paikka</p></td></tr></table>
<p class=MsoNormal><img width=10 src="file:///C:/Temp/msohtmlclip1/01/clip_image002.jpg" alt="kuva"><a
href="https://example.org/x">Linkki</a><br>
toinen rivi</p>
<div style='mso-element:comment-list'><p class=MsoCommentText>Kommentti: tarkista</p></div>
<!--EndFragment-->
</body></html>"""  # noqa: E501

LIBRE = """<!DOCTYPE html><html><head><title></title><style type="text/css">p { line-height: 115% } a:link { color: #000080 }
</style></head><body lang="fi-FI" link="#000080" dir="ltr"><h1 class="western">Johtopäätökset</h1>
<p style="line-height: 100%; margin-bottom: 0cm">Vuorovaikutus on
<b>enimmäkseen</b> <font color="#ff0000"><i><b>lämmintä</b></i></font>.</p>
<ol start="2"><li><p style="margin-bottom: 0cm">tuki kotiin</p></li><li><p>uusi arvio</p><p>vuoden kuluttua</p></li></ol>
<ul><li><p>ensin</p><ul><li><p>sitten</p></li></ul></li></ul></body></html>"""  # noqa: E501


def shown(html: str) -> list[tuple[ParagraphKind, str]]:
    return [(p.kind, p.text) for p in from_page(html)]


def test_word_keeps_paragraphs_headings_lists_bold_and_italic() -> None:
    assert shown(WORD) == [
        (HEADING, "Havainnot kotona"),
        (BODY, "Äiti ja lapsi rakentavat rauhallisesti, ja lapsi nauraa. Tapaaminen oli 3.11."),
        (ITEM, "katsoo lasta"),
        (ITEM, "2. odottaa"),
        (BODY, "uusi sana"),
        (BODY, "Päivä"),
        (BODY, "Paikka"),
        (BODY, "Linkki\ntoinen rivi"),
    ]
    told = from_page(WORD)[1].runs
    assert [r.text for r in told if r.bold] == ["rauhallisesti"]
    assert [r.text for r in told if r.italic] == ["lapsi"]
    assert not any(r.bold for r in from_page(WORD)[0].runs), "a heading's own weight is no emphasis"


def test_libreoffice_keeps_them_too() -> None:
    assert shown(LIBRE) == [
        (HEADING, "Johtopäätökset"),
        (BODY, "Vuorovaikutus on enimmäkseen lämmintä."),
        (ITEM, "2. tuki kotiin"),
        (ITEM, "3. uusi arvio"),
        (BODY, "vuoden kuluttua"),
        (ITEM, "ensin"),
        (ITEM, "sitten"),
    ]
    assert from_page(LIBRE)[1].runs == (
        Run("Vuorovaikutus on "),
        Run("enimmäkseen ", bold=True),
        Run("lämmintä", bold=True, italic=True),
        Run("."),
    )


def test_a_browsers_wrapper_is_not_bold() -> None:
    page = '<meta charset="utf-8"><b style="font-weight:normal;"><p>a <span style="font-weight:700">b</span></p></b>'
    assert from_page(page)[0].runs == (Run("a "), Run("b", bold=True))


@pytest.mark.parametrize(
    "page",
    [
        "<script>paha()</script>",
        "<style>p{}</style>",
        "<p>&nbsp;</p>",
        '<iframe src="https://example.org">sisältö</iframe>',
        "<!-- <p>piilossa</p> -->",
        "",
        "<p><br></p>",
    ],
)
def test_what_is_no_text_is_nothing(page) -> None:
    assert from_page(page) == ()


def test_words_outside_any_paragraph_and_unclosed_paragraphs() -> None:
    assert shown("yksi<p>kaksi<p>kolme</b></i>") == [(BODY, "yksi"), (BODY, "kaksi"), (BODY, "kolme")]


def test_plain_words() -> None:
    assert [(p.kind, p.text) for p in from_words("Eka.\r\n\r\n• kohta\n\ttoka\t1\n- viiva\n-5 astetta\n")] == [
        (BODY, "Eka."), (ITEM, "kohta"), (BODY, "toka 1"), (ITEM, "viiva"), (BODY, "-5 astetta"),
    ]  # fmt: skip


TAGS = ("p", "b", "i", "li", "ul", "ol", "h1", "div", "span", "td", "del", "style", "o:p", "br")
PIECES = st.one_of(
    st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS]),
    st.sampled_from(
        ["<![if !supportLists]>", "<![endif]>", "<!--[if x]>", "<p style='mso-list:l0 level1'>", "<", "&nbsp;"]
    ),
    st.text("aä <>&\n", max_size=6),
)


@given(st.lists(PIECES, max_size=24))
def test_whatever_stands_on_the_clipboard_no_paragraph_is_empty_or_has_loose_ends(pieces) -> None:
    for p in from_page("".join(pieces)):
        assert p.text.strip() == p.text != ""
        assert all(r.text for r in p.runs)
        assert all((a.bold, a.italic) != (b.bold, b.italic) for a, b in zip(p.runs, p.runs[1:], strict=False))
