"""Documents as markup and as strings in their places: `html`, `latex`, `typst`, `fo` and `roff` leave the setting to the
producer, `strings` gives every line a place on a page for those that only draw.
"""

import html as escapes
import re
import textwrap

WIDTH, HEIGHT, MARGIN = 595, 842, 60
HEAD = "Papers of the Velsk archive"
_STYLES = re.compile(r"\*(.+?)\*|_(.+?)_|\^(.+?)\^")


def plain(text):
    """Text without its bold and italic."""
    return _STYLES.sub(lambda found: found[1] or found[2] or found[3], text)


def styled(text, bold, italic, raised, escape=lambda text: text):
    """Text with its styles in another markup."""
    out, end = "", 0
    for found in _STYLES.finditer(text):
        out += escape(text[end:found.start()])
        out += (bold if found[1] else italic if found[2] else raised).format(escape(found[1] or found[2] or found[3]))
        end = found.end()
    return out + escape(text[end:])


def strings(blocks, columns=1, numbered=False, size=10, head=True):
    """Yields `(page, x, y, size, is_bold, text)`, with y from the top. Words at the ends of lines are parted."""
    gap = 24
    width = (WIDTH - 2 * MARGIN - gap * (columns - 1)) / columns
    leading = size * 1.35
    page, column, y, count = 1, 0, MARGIN + 20, 0
    if head:
        yield page, MARGIN, 40, 8, False, f"{HEAD} {page}"

    def lines_of(kind, content):
        large = size * {"head": 1.5, "note": 0.8, "caption": 0.8}.get(kind, 1)
        if kind == "table":
            for row in content:
                step = width / len(row)
                cells = [textwrap.wrap(cell, int((step - size) / (size * 0.55))) for cell in row]
                for line in range(max(map(len, cells))):
                    yield size, [(step * at, cell[line]) for at, cell in enumerate(cells) if line < len(cell)]
        else:
            letters = int(width / (large * 0.55))
            content = f"• {content}" if kind == "list" else content
            text = _parted(plain(content), letters) if columns > 1 else textwrap.wrap(plain(content), letters)
            for line in text:
                yield large, [(0, line)]

    for kind, content in blocks:
        for large, cells in lines_of(kind, content):
            if y > HEIGHT - MARGIN - leading:
                column, y = column + 1, MARGIN + 20
                if column == columns:
                    column, page, count = 0, page + 1, 0
                    if head:
                        yield page, MARGIN, 40, 8, False, f"{HEAD} {page}"
            y += leading * large / size
            left = MARGIN + column * (width + gap)
            if numbered:
                count += 1
                yield page, MARGIN - 30, y, size, False, str(count)
            for x, text in cells:
                yield page, left + x, y, large, kind == "head", text
        y += leading * 0.6


def _parted(text, letters):
    """Lines of text of which long words are parted by hyphens at their ends."""
    lines, line = [], ""
    for word in text.split():
        room = letters - len(line) - 1
        if len(line) + 1 + len(word) <= letters:
            line = f"{line} {word}".strip()
        elif room >= 5 and len(word) - room >= 3 and word.isalpha():
            lines.append(f"{line} {word[:room - 1]}-")
            line = word[room - 1:]
        else:
            lines.append(line)
            line = word
    return lines + [line]


def html(blocks, columns=1, lang="en", vertical=False):
    """A page for browsers, with a style sheet for print."""
    direction = ' dir="rtl"' if lang == "he" else ""
    out = [f'<!DOCTYPE html><html lang="{lang}"{direction}><head><meta charset="utf-8"><title>A paper of the archive</title><style>'
           "body{font:11pt/1.4 serif}td,th{padding:2pt 14pt;text-align:right}.note{font-size:8pt}"
           f"div.all{{columns:{columns};hyphens:auto;text-align:justify}}"
           f"{'body{writing-mode:vertical-rl}' if vertical else ''}</style></head><body><div class=\"all\">"]
    for kind, content in blocks:
        if kind == "table":
            rows = ["".join(f"<td>{escapes.escape(cell)}</td>" for cell in row) for row in content]
            out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            text = styled(content, "<b>{}</b>", "<i>{}</i>", "<sup>{}</sup>", escapes.escape)
            small = f'<p class="note">{text}</p>'
            out.append({"head": f"<h2>{text}</h2>", "note": small, "caption": small, "list": f"<ul><li>{text}</li></ul>"}
                       .get(kind, f"<p>{text}</p>"))
    return "\n".join(out) + "</div></body></html>"


def _tex(text):
    text = re.sub(r"([&%$#_])", r"\\\1", text)
    return text.replace("½", "\\textonehalf{}").replace("€", "\\texteuro{}")


def latex(blocks, columns=1, preamble="", numbered=False):
    """A document for a TeX; notes are footnotes."""
    out = ["\\documentclass[11pt,a4paper]{article}\\usepackage{textcomp,multicol}" + preamble,
           "\\usepackage{lineno}" if numbered else "", "\\begin{document}\\sloppy", "\\linenumbers" if numbered else "",
           f"\\begin{{multicols}}{{{columns}}}" if columns > 1 else ""]
    for kind, content in blocks:
        if kind == "table":
            wraps = max(len(cell) for row in content for cell in row) > 30
            out.append("\\noindent\\begin{tabular}{" + ("p{3.6cm}" * len(content[0]) if wraps else "l" + "r" * (len(content[0]) - 1)) + "}")
            out.extend(" & ".join(_tex(cell) for cell in row) + " \\\\" for row in content)
            out.append("\\end{tabular}\n")
        else:
            text = styled(content, "\\textbf{{{}}}", "\\textit{{{}}}", "\\textsuperscript{{{}}}", _tex)
            out.append({
                "head": f"\\section*{{{text}}}", "note": f"See below.\\footnote{{{text}}}",
                "list": f"\\begin{{itemize}}\\item {text}\\end{{itemize}}",
                "caption": f"\n{{\\footnotesize {text}\\par}}",
            }.get(kind, text) + "\n")
    return "\n".join([*out, "\\end{multicols}" if columns > 1 else "", "\\end{document}"])


def typst(blocks, columns=1):
    """A document for Typst."""
    def escape(text):
        return re.sub(r"([#$*_@<>`\\])", r"\\\1", text)
    out = [f"#set page(columns: {columns})\n#set par(justify: true)\n#set text(lang: \"en\", hyphenate: true)\n"]
    for kind, content in blocks:
        if kind == "table":
            cells = ",".join(f"[{escape(cell)}]" for row in content for cell in row)
            out.append(f"#table(columns: {len(content[0])}, {cells})\n")
        else:
            text = styled(content, "*{}*", "_{}_", "#super[{}]", escape)
            out.append({"head": f"= {text}", "note": f"See below.#footnote[{text}]", "list": f"- {text}",
                        "caption": f"#text(size: 8pt)[{text}]"}.get(kind, text) + "\n")
    return "\n".join(out)


def fo(blocks, columns=1):
    """A document for a formatter of XSL-FO."""
    out = ['<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format"><fo:layout-master-set><fo:simple-page-master '
           'master-name="a" page-width="595pt" page-height="842pt" margin="60pt"><fo:region-body '
           f'column-count="{columns}"/></fo:simple-page-master></fo:layout-master-set><fo:page-sequence '
           'master-reference="a"><fo:flow flow-name="xsl-region-body" font-size="10pt">']
    for kind, content in blocks:
        if kind == "table":
            rows = "".join("<fo:table-row>" + "".join(
                f"<fo:table-cell><fo:block>{escapes.escape(cell)}</fo:block></fo:table-cell>" for cell in row
            ) + "</fo:table-row>" for row in content)
            out.append(f"<fo:table><fo:table-body>{rows}</fo:table-body></fo:table>")
        else:
            bold, italic = '<fo:inline font-weight="bold">{}</fo:inline>', '<fo:inline font-style="italic">{}</fo:inline>'
            raised = '<fo:inline baseline-shift="super" font-size="6pt">{}</fo:inline>'
            text = styled(content, bold, italic, raised, escapes.escape)
            size = {"head": "15pt", "note": "8pt", "caption": "8pt"}.get(kind, "10pt")
            out.append(f'<fo:block font-size="{size}" space-after="6pt">{text}</fo:block>')
    return "".join(out) + "</fo:flow></fo:page-sequence></fo:root>"


def roff(blocks):
    """A document for groff and its macros ms."""
    out = []
    for kind, content in blocks:
        if kind == "table":
            out.append(".TS\nl" + " r" * (len(content[0]) - 1) + ".")
            out.extend("\t".join(row) for row in content)
            out.append(".TE")
        else:
            text = styled(content, "\\fB{}\\fP", "\\fI{}\\fP", "\\*{{{}\\*}}")
            out.append({"head": f".SH\n{text}", "note": f".FS\n{text}\n.FE", "list": f".IP \\[bu] 2\n{text}"}.get(kind, f".PP\n{text}"))
    return "\n".join(out) + "\n"


def svg(placed):
    """The first page of strings in their places as a picture."""
    texts = [f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{"bold" if bold else "normal"}">'
             f"{escapes.escape(text)}</text>" for page, x, y, size, bold, text in placed if page == 1]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="DejaVu Serif, serif">'
            + "".join(texts) + "</svg>")


def postscript(placed):
    """A program in PostScript that draws strings in their places, in Latin 1."""
    out = ["%!PS-Adobe-3.0\n/latin { findfont dup length dict begin { 1 index /FID ne { def } { pop pop } ifelse } forall"
           " /Encoding ISOLatin1Encoding def currentdict end definefont pop } def\n"
           "/R /Times-Roman latin /B /Times-Bold latin"]
    pages = {}
    for page, x, y, size, bold, text in placed:
        octets = "".join(f"\\{byte:03o}" if byte > 126 or chr(byte) in "()\\" else chr(byte)
                         for byte in text.translate(str.maketrans("“”’–—", "\"\"'--")).encode("latin-1", "replace"))
        pages.setdefault(page, []).append(
            f"/{'B' if bold else 'R'} {size} selectfont {x:.1f} {HEIGHT - y:.1f} moveto ({octets}) show")
    return "\n".join(out + ["\n".join(lines) + "\nshowpage" for lines in pages.values()])
