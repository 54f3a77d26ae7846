"""What each format says and hides, and the refusals of what cannot be read."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from email.message import EmailMessage

import pytest
import typst
from messy import MESSY, W, docx, docx_of, mail, page, run

from briefing_kit import readers
from briefing_kit.readers import clock
from briefing_kit.reading import ReadingError, UnreadWarning, load_briefing, load_briefings, read_briefings

pytest.importorskip("mammoth")
pytest.importorskip("pypdf")
pytest.importorskip("trafilatura")

BODY = "Police said 12 people were killed in Warri on 8 March. The governor visited the city a week later and promised help."


def read(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    return load_briefing(tmp_path / name)


def roles(briefing):
    return [(segment.role, briefing.text[segment.start : segment.end]) for segment in briefing.segments]


# Word


def test_tracked_changes_are_read_as_they_will_stand(tmp_path):
    """What was inserted is read, what was deleted is not, and the document says that it is still being edited."""
    body = (
        f"<w:p>{run('Around ')}<w:ins w:id='1' w:author='a'>{run('100')}</w:ins>"
        f"<w:del w:id='2'><w:r><w:delText>5,000</w:delText></w:r></w:del>"
        f"{run(' fighters were seen in Sirte.')}</w:p>"
    )
    briefing = read(tmp_path, "a.docx", docx_of(body))
    assert briefing.text == "Around 100 fighters were seen in Sirte.\n"
    assert "TRACKED_CHANGES" in briefing.warnings


def test_a_document_keeps_its_table_headings_title_and_marking(tmp_path):
    """A table's rows are paragraphs of their own; the strictest label of page header and footer is the marking."""
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p>{run(cell)}</w:p></w:tc>' for cell in row)}</w:tr>" for row in [("Town", "Dead"), ("Warri", "12")]
    )
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("The delta")}</w:p>'
    parts = {
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Delta &amp; coast</dc:title></cp:coreProperties>',
        "word/header1.xml": f'<w:hdr xmlns:w="{W}"><w:p>{run("TLP:")}{run("GREEN")}</w:p></w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}"><w:p>{run("TLP: amber+strict, page 1")}</w:p></w:ftr>',
        "word/styles.xml": (
            f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
        ),
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="'
            'http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'
        ),
    }
    briefing = read(tmp_path, "a.docx", docx_of(f"{heading}<w:p>{run(BODY)}</w:p><w:tbl>{table}</w:tbl>", parts))
    assert briefing.text == f"# The delta\n\n{BODY}\n\nTown | Dead\n\nWarri | 12\n"
    assert (briefing.title, briefing.marking) == ("Delta & coast", "TLP:AMBER+STRICT")
    assert "TRACKED_CHANGES" not in briefing.warnings


def zipped(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


DOCX_BOMBS = {
    "packed": (zipped({"word/document.xml": b" " * 9_000_000}), "packed more than 200 to 1"),
    "large": (zipped({f"word/{number}.xml": b" " * 999_999 for number in range(12)}), "11 MB once unpacked, more than 10"),
    "large under another name": (docx_of("", {"word/other.bin": "\0" * 20_000_000}), "no text in this document"),
    "many": (zipped({f"{number}.xml": b"" for number in range(2_001)}), "2001 parts"),
    "entities": (zipped({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'}), "declares entities"),
    "climbing names": (zipped({"../../evil.xml": b"<a/>"}), "no Word document inside"),
    "not XML": (zipped({"word/document.xml": b"<w:document"}), "damaged"),
    "deep": (docx_of("<w:tbl><w:tr><w:tc>" * 2_000 + "</w:tc></w:tr></w:tbl>" * 2_000), "damaged"),
    "cut short": (docx(BODY)[:-200], "no Word document, or it is damaged"),
    "no zip": (b"PK\x03\x04", "no Word document, or it is damaged"),
    "of old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted, or a .doc of old"),
    "empty": (docx_of("<w:p/>"), "no text in this document"),
}


@pytest.mark.parametrize("name", DOCX_BOMBS)
def test_what_is_no_honest_document_is_refused(tmp_path, name):
    """Caps on unpacked bytes, ratio and members hold before anything is parsed; nothing is written beside the file."""
    data, message = DOCX_BOMBS[name]
    with pytest.raises(ReadingError, match=message) as error:
        read(tmp_path, "b.docx", data)
    assert str(error.value).startswith("b.docx: ")
    assert "\n" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["b.docx"]


# PDF


def pages(*texts, header="[Delta weekly]", footer="context counter(page).display()"):
    code = f"#set page(width: 14cm, height: 10cm, margin: 2cm, header: {header}, footer: {footer})\n#set par(justify: true)\n"
    return bytes(typst.compile((code + "\n#pagebreak()\n".join(texts)).encode()))


def test_headers_footers_and_page_numbers_are_no_text(tmp_path):
    """Nor are figures in them; a sentence that runs over the page is whole, and one that ends there is not joined to the next paragraph."""
    footer = "[1,250 subscribers \\#counter(page).display()]".replace("\\#", "#context ")
    data = pages(
        "Police said that twelve people had been",
        "killed in Warri on 8 March.",
        "The governor came on 15 March.",
        header="[Delta weekly TLP:RED]",
        footer=footer,
    )
    briefing = read(tmp_path, "a.pdf", data)
    assert briefing.text == "Police said that twelve people had been killed in Warri on 8 March.\n\nThe governor came on 15 March.\n"
    assert briefing.marking == "TLP:RED"


def test_a_single_page_loses_only_its_number(tmp_path):
    """A line is running where it stands on two pages; on one page only a page number is known as such."""
    briefing = read(tmp_path, "a.pdf", pages("Twelve people were killed in Warri."))
    assert briefing.text == "Delta weekly\n\nTwelve people were killed in Warri.\n"


def test_lists_and_contents_on_a_page(tmp_path):
    """A paragraph after an item is its own; the table of contents is no reporting."""
    text = "#outline()\n= The delta\n- Twelve people were killed.\n- Forty fled.\nThe governor came on 15 March and promised help to all."
    briefing = read(tmp_path, "a.pdf", pages(text, header="none", footer="none"))
    assert briefing.text.split("\n\n") == [
        "Contents",
        "The delta",
        "\u2022 Twelve people were killed.",
        "\u2022 Forty fled.",
        "The governor came on 15 March and promised help to all.\n",
    ]
    assert [role for role, _ in roles(briefing)][2:4] == ["list_item", "list_item"]


def test_a_page_without_text_is_said(tmp_path):
    """Part of the briefing may be a picture; a briefing that is one is refused, not empty."""
    briefing = read(tmp_path, "a.pdf", pages("Twelve people were killed in Warri.", "#rect()", header="none", footer="none"))
    assert "PAGES_WITHOUT_TEXT" in briefing.warnings
    for case in (pages("#rect()", header="none", footer="none"), pages("#rect()", "#circle()")):
        with pytest.raises(ReadingError, match="a scan\\? Run text recognition"):
            read(tmp_path, "b.pdf", case)


def test_encrypted_damaged_and_endless_pdfs_are_refused(tmp_path, monkeypatch):
    """In one line each."""
    import pypdf

    whole = pages("Twelve people were killed in Warri.", "Nobody claimed it.")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(whole))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    for data, message in [(locked.getvalue(), "encrypted; save it without a password"), (b"%PDF-1.7\n", "damaged"), (b"hello", "damaged")]:
        with pytest.raises(ReadingError, match=message):
            read(tmp_path, "a.pdf", data)
    for cap, value, message in [
        ("MAX_PAGES", 1, "2 pages, more than 1"),
        ("MAX_SECONDS", -1.0, "took more than"),
        ("MAX_PAGE_BYTES", 10, "page 1 is a drawing"),
    ]:
        with monkeypatch.context() as patch:
            patch.setattr(f"briefing_kit.readers.pdf.{cap}", value)
            with pytest.raises(ReadingError, match=message):
                read(tmp_path, "a.pdf", whole)


# Mail


def test_a_mail_gives_subject_and_date(tmp_path):
    """Decoded, without Re and Fwd, in the sender's time zone; the text part is read before the HTML part."""
    briefing = read(tmp_path, "a.eml", mail(BODY, Subject="Re: FW: Délta – no. 3 TLP:AMBER", Date="Wed, 10 Mar 2021 23:30:00 -0500"))
    assert (briefing.title, briefing.published_on, briefing.published_source) == (
        "Délta – no. 3 TLP:AMBER",
        date(2021, 3, 10),
        "mail_header",
    )
    assert (briefing.text.strip(), briefing.marking) == (BODY, "TLP:AMBER")
    assert read(tmp_path, "2021-03-09_b.eml", mail(BODY, Date="Wed, 10 Mar 2021 23:30:00 -0500")).warnings == ("DATE_CONFLICT",)


REPLIES = {
    "below": f"{BODY}\n\nOn Wed, 3 Mar 2021 at 10:00, Desk <d@example.org>\nwrote:\n> 40 people were killed on 1 March.\n> More below.\n",
    "above": f"On 3 March 2021, Desk wrote:\n> 40 people were killed on 1 March.\n\n{BODY}\n",
    "Outlook": f"{BODY}\n\n-----Original Message-----\nFrom: Desk\nSent: 3 March\nSubject: Last\n\n40 people were killed on 1 March.\n",
}


@pytest.mark.parametrize("kind", REPLIES)
def test_quoted_replies_are_left_out_and_said(tmp_path, kind):
    """Last week's figures would be dated by this week's mail."""
    briefing = read(tmp_path, "a.eml", mail(REPLIES[kind], Date="Wed, 10 Mar 2021 08:00:00 +0000"))
    assert briefing.text.strip() == BODY
    assert briefing.warnings == ("QUOTED_REPLY",)


def test_a_quotation_in_a_mail_is_no_reply(tmp_path):
    """Quoted lines under no such introduction are part of the briefing, as a quotation."""
    briefing = read(tmp_path, "a.eml", mail(f"{BODY}\n\n> We hope that 40 people will return.\n", Date="Wed, 10 Mar 2021 08:00:00 +0000"))
    assert roles(briefing)[-1] == ("quote", "> We hope that 40 people will return.")
    assert briefing.warnings == ()


def test_a_forwarded_briefing_has_its_own_date(tmp_path):
    """What is forwarded is the briefing; the lines above it are no text."""
    text = (
        f"For you.\n\n---------- Forwarded message ---------\nFrom: Desk <d@example.org>\nDate: Wed, 3 Mar 2021 10:00:00 +0000\n"
        f"Subject: Delta no. 2\nTo: <me@example.org>\n\n\n{BODY}\n"
    )
    briefing = read(tmp_path, "a.eml", mail(text, Date="Wed, 10 Mar 2021 08:00:00 +0000"))
    assert (briefing.published_on, briefing.title, briefing.text) == (date(2021, 3, 3), "Delta no. 2", f"For you.\n\n{BODY}\n")
    assert briefing.warnings == ()


def test_a_mail_of_html_alone_and_one_with_attachments(tmp_path):
    """HTML is read where the text part is missing or says nothing; an attachment is told, not read; a mail of nothing else is refused."""
    message = EmailMessage()
    message["Subject"] = "Delta"
    message["Date"] = "Wed, 10 Mar 2021 08:00:00 +0000"
    message.set_content("Open this mail in a browser.")
    quoted = "<div class='gmail_quote'><div>On 3 March Desk wrote:</div><p>40 people were killed on 1 March.</p></div>"
    message.add_alternative(f"<html><body><p>{BODY}</p>{quoted}</body></html>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="../../x.pdf")
    briefing = read(tmp_path, "a.eml", message.as_bytes())
    assert briefing.text.strip() == BODY
    assert briefing.warnings == ("QUOTED_REPLY", "ATTACHMENTS")
    empty = EmailMessage()
    empty["Subject"] = "Delta"
    empty.set_content(" ")
    for data, reason in [(empty.as_bytes(), "no text in this mail"), (b"Hello there.", "this is no mail")]:
        with pytest.raises(ReadingError, match=reason):
            read(tmp_path, "b.eml", data)


def test_a_mail_within_a_mail_is_the_briefing(tmp_path):
    """Forwarded as an attachment, with a few words above it: its own subject and date."""
    outer = EmailMessage()
    outer["Subject"] = "For you"
    outer["Date"] = "Wed, 10 Mar 2021 08:00:00 +0000"
    outer.set_content("See below.")
    inner = EmailMessage()
    inner["Subject"] = "Delta no. 2"
    inner["Date"] = "Wed, 3 Mar 2021 08:00:00 +0000"
    inner.set_content(BODY)
    outer.add_attachment(inner)
    briefing = read(tmp_path, "a.eml", outer.as_bytes())
    assert (briefing.text.strip(), briefing.title, briefing.published_on) == (BODY, "Delta no. 2", date(2021, 3, 3))


BROKEN_MAILS = {
    "an address that the library cannot read": (b"To: undisclosed:;@x, <\n", BODY.encode()),
    "a subject without end": (b"Subject: =?utf-8?q?=\n", BODY.encode()),
    "a date of nonsense": (b"Date: 99 Foo 99999 99:99\n", BODY.encode()),
    "an unknown charset": (b"Subject: x\nContent-Type: text/plain; charset=klingon\n", BODY.encode()),
    "an unknown encoding": (b"Subject: x\nContent-Transfer-Encoding: rot13\n", BODY.encode()),
    "a group within a name": (b"Subject: x\nFrom: The weekly 4-Type: Dart/alternative;\n boundary <desk@example.org>\n", BODY.encode()),
}


@pytest.mark.parametrize("case", BROKEN_MAILS)
def test_a_broken_header_does_not_cost_the_mail(tmp_path, case):
    """Its text is read; what cannot be told is missing."""
    header, body = BROKEN_MAILS[case]
    briefing = read(tmp_path, "a.eml", header + b"\n" + body)
    assert briefing.text.strip() == BODY
    assert briefing.published_on is None


# Web pages


def test_a_page_is_its_article(tmp_path):
    """Captions and tables stay, navigation and the like go, the date is that of the metadata, what asks to click is boilerplate."""
    text = f"{BODY}\n\nGovernor Ada Obi and Police Commissioner Musa Bello\n\nA burnt house\n\nNobody claimed the attack."
    text += "\n\nClick here to receive a free sample copy."
    briefing = read(tmp_path, "a.html", page(text, "2021-03-10"))
    assert (briefing.title, briefing.published_on, briefing.published_source) == ("The weekly", date(2021, 3, 10), "html_meta")
    assert roles(briefing) == [
        ("heading", "# The weekly"),
        ("body", BODY),
        ("caption", "Governor Ada Obi and Police Commissioner Musa Bello"),
        ("caption", "Caption: A burnt house"),
        ("body", "Nobody claimed the attack."),
        ("boilerplate", "Click here to receive a free sample copy."),
    ]
    assert briefing.warnings == ()


def test_controls_in_a_caption_are_no_fault(tmp_path):
    """A character that no tree may hold, as such or by its number."""
    for after in ("", "\x0f after"):
        caption = f"<figcaption>A burnt&#1; house\x0b in Warri\ufffe</figcaption>{after}"
        html = f"<html><body><p>{BODY}</p><figure>{caption}</figure></body></html>"
        assert ("caption", "Caption: A burnt house in Warri") in roles(read(tmp_path, "a.html", html.encode()))


def test_what_follows_an_early_end_belongs_to_the_page(tmp_path):
    """And is as clean as the rest."""
    figure = "<figure><figcaption>A burnt\x04 house in Warri</figcaption></figure>"
    html = f"<p>First words.</p></html><html><body><p>{BODY}</p>{figure}</body></html>"
    briefing = read(tmp_path, "a.html", html.encode())
    assert ("body", BODY) in roles(briefing)
    assert ("caption", "Caption: A burnt house in Warri") in roles(briefing)
    assert "PARTLY_READ" not in briefing.warnings


DATES = {
    "meta": '<meta name="DC.date" content="2021-03-10">',
    "JSON-LD": '<script type="application/ld+json">{"@graph": [{"datePublished": "2021-03-10T01:00:00Z"}]}</script>',
    "time": '<time datetime="2021-03-10" pubdate>last week</time>',
}


@pytest.mark.parametrize("kind", DATES)
def test_the_date_of_a_page_is_the_one_it_states(tmp_path, kind):
    """Never one that merely stands in its text or its address."""
    html = f'<html><head>{DATES[kind]}</head><body><p>{BODY}</p><p><a href="/2020/01/02/x">8 March 2020</a></p></body></html>'
    assert read(tmp_path, "a.htm", html.encode()).published_on == date(2021, 3, 10)
    plain = html.replace(DATES[kind], '<meta name="date" content="soon">')
    assert read(tmp_path, "b.htm", plain.encode()).published_on is None


def test_pages_without_text_or_too_large_are_refused(tmp_path, monkeypatch):
    """And a page in another charset is read in that."""
    for data in (b"", b"<html></html>", b"<!-- -->", b"<script>1</script>"):
        with pytest.raises(ReadingError, match="no text in this page"):
            read(tmp_path, "a.html", data)
    html = f'<html><head><meta charset="iso-8859-9"></head><body><p>Erdo\u011fan met Bekta\u015f. {BODY}</p></body></html>'
    assert read(tmp_path, "b.html", html.encode("iso-8859-9")).text.startswith("Erdo\u011fan met Bekta\u015f.")
    for deep in ("<div><p>a b c." * 3_000, "<div>" * 3_000 + "Text."):
        with pytest.raises(ReadingError, match="nested too deeply"):
            read(tmp_path, "c.html", f"<html><body>{deep}</body></html>".encode())
    monkeypatch.setattr("briefing_kit.readers.html.MAX_BYTES", 100)
    with pytest.raises(ReadingError, match="of HTML; save the article alone"):
        read(tmp_path, "b.html", html.encode("iso-8859-9"))


# All of them


def test_markings_and_front_matter_in_any_format(tmp_path):
    """A label alone in a line marks the text; the strictest counts, and a front matter that says less is flagged."""
    assert read(tmp_path, "a.txt", f"TLP:AMBER\n\n{BODY}\n".encode()).marking == "TLP:AMBER"
    assert read(tmp_path, "b.txt", f"They sent a TLP:RED paper. {BODY}\n".encode()).marking is None
    briefing = read(tmp_path, "2021-03-10_c.md", f"---\nmarking: green\n---\n{BODY}\n\nMarking: TLP:RED\n".encode())
    assert (briefing.marking, briefing.warnings) == ("TLP:RED", ("MARKING_CONFLICT",))
    headed = docx("---\n\ntitle: Delta\n\ncountry: NGA\n\n---\n\n" + BODY)
    assert (read(tmp_path, "d.docx", headed).title, load_briefing(tmp_path / "d.docx").country) == ("Delta", "NGA")


@pytest.mark.parametrize("shape", ["docx", "pdf", "html"])
def test_a_missing_extra_is_one_line(tmp_path, monkeypatch, shape):
    """With the command that mends it."""
    for module in ("mammoth", "pypdf", "trafilatura"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(ReadingError, match=rf"a\.{shape}: reading \.{shape} needs an extra: pip install 'briefing-kit\[readers\]'"):
        read(tmp_path, f"a.{shape}", MESSY[shape][1](BODY))


def test_one_bad_file_of_a_folder_is_left_out_and_told(tmp_path):
    """With strict, or asked for by its name, it refuses the whole; nothing is half read."""
    (tmp_path / "2021-03-10_a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "2021-03-17_b.pdf").write_bytes(b"%PDF-")
    with pytest.warns(UnreadWarning, match="left out 2021-03-17_b.pdf: this PDF is damaged"):
        assert [briefing.path for briefing in load_briefings(tmp_path)] == ["2021-03-10_a.txt"]
    batch = read_briefings(tmp_path)
    assert [(one.path, one.named_on) for one in batch.unread] == [("2021-03-17_b.pdf", date(2021, 3, 17))]
    for source, strict in [(tmp_path, True), ([tmp_path / "2021-03-17_b.pdf"], False), (str(tmp_path / "*.pdf"), False)]:
        with pytest.raises(ReadingError, match=r"2021-03-17_b\.pdf: this PDF is damaged"):
            read_briefings(source, strict=strict)


def test_a_document_that_no_reader_knows_is_told_not_passed_over(tmp_path):
    """A letter of old in the folder may be this week's briefing; a picture or a table is none."""
    for name in ("2021-03-17_b.doc", "a.txt", "map.png", "figures.csv"):
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    batch = read_briefings(tmp_path)
    assert [briefing.path for briefing in batch.briefings] == ["a.txt"]
    assert [one.reason.partition("; ")[0] for one in batch.unread] == ["2021-03-17_b.doc: the ending '.doc' is not read"]


def test_folders_patterns_and_lists(tmp_path):
    """A pattern goes into subfolders, a folder does not; a file named twice is read once; a second copy of a text is flagged."""
    (tmp_path / "more").mkdir()
    for name in ("b.txt", "more/a.md", "more/c.eml"):
        (tmp_path / name).write_bytes(mail(BODY) if name.endswith("eml") else BODY.encode())
    assert [briefing.path for briefing in load_briefings(str(tmp_path / "**" / "*"))] == ["b.txt", "a.md", "c.eml"]
    assert [briefing.path for briefing in load_briefings([tmp_path, tmp_path / "b.txt"])] == ["b.txt"]
    both = load_briefings([tmp_path / "b.txt", tmp_path / "more" / "a.md"])
    assert [briefing.warnings for briefing in both] == [("NO_DATE",), ("NO_DATE", "SAME_TEXT")]
    with pytest.raises(ReadingError, match="fits this pattern"):
        load_briefings(str(tmp_path / "*.pdf"))


def test_every_reader_has_its_ending():
    """The endings are those of the readers."""
    assert set(readers.SUFFIXES) == {".md", ".txt", ".docx", ".eml", ".htm", ".html", ".pdf"}


@pytest.mark.parametrize("suffix", [".docx", ".html", ".eml"])
def test_a_large_file_is_read_in_a_process_of_its_own_and_gives_the_same(suffix, monkeypatch):
    """Text, metadata, warnings and refusals come back whole from under the clock."""
    made = {".docx": docx, ".html": page, ".eml": mail}[suffix]
    data = made("The UN said on 3 May 2021 that 12 people \u2013 all miners \u2013 had been killed in Gao, and promised help.")
    at_once = readers.extract(data, "a", suffix)
    monkeypatch.setitem(readers._AT_ONCE, suffix, 10)
    assert readers.extract(data, "a", suffix) == at_once
    assert at_once.text.strip()
    with pytest.raises(ReadingError, match=r"^-x: no|^-x: this"):
        readers.extract(data[:40] if suffix == ".docx" else b"<p></p>" * 9, "-x", suffix)


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    """Nested tables keep the library busy for minutes: the clock ends it."""
    monkeypatch.setattr(clock, "MAX_SECONDS", 0.001)
    with pytest.raises(ReadingError, match=r"a\.html: took more than 0.001 s to read; save the text alone"):
        readers.extract(b"<table><tr><td>Ten people died.</td></tr></table>" * 10_000, "a.html", ".html")


def test_a_page_that_ends_in_a_zip_is_no_smaller_for_it(monkeypatch):
    """What the zip says of itself counts for Word documents alone."""
    monkeypatch.setattr(clock, "MAX_SECONDS", 0.001)
    empty_zip = b"PK\x05\x06" + bytes(18)
    with pytest.raises(ReadingError, match="took more than"):
        readers.extract(b"<p>Ten people died.</p>" * 30_000 + empty_zip, "a.html", ".html")


def test_a_reader_that_breaks_off_is_a_refusal(monkeypatch):
    """A process that is killed, or a Python that is not there, costs one file and not the run."""
    monkeypatch.setattr(clock, "_PACKAGES", "nowhere")
    monkeypatch.setattr(clock.sys, "executable", "false")
    with pytest.raises(ReadingError, match=r"a\.html: its reader broke off \(exit code 1\)"):
        readers.extract(b"<p>Ten people died.</p>" * 30_000, "a.html", ".html")
