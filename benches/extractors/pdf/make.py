"""Makes PDFs of the documents in `texts.py` with every producer that is installed: `make.py OUT [TOOLS]`.

`TOOLS` is a folder with `node_modules` (pdfkit, pdf-lib, @pdf-lib/fontkit, jspdf, pdfmake), `java` (the jars of PDFBox,
OpenPDF, iText and FOP with what they need) and `go.mod` (go-pdf/fpdf and signintech/gopdf). Files are named
`PRODUCER.DOCUMENT.pdf`. A producer that is not there costs a line on standard output, and one that fails too.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import layout
from texts import COLUMNS_OF, DOCUMENTS, LATIN

HERE = Path(__file__).parent
WIDE = [*LATIN, "languages"]
ALL = [*WIDE, "rtl", "wrapped", "cjk"]
MADE = {}


def producer(name, documents=LATIN):
    """A function `(document, blocks, columns, out, work)` that writes a PDF."""
    def keep(make):
        MADE[name] = (make, documents)
        return make
    return keep


def run(*command, cwd=None, stdin=None):
    """Runs a program that must be there and succeed."""
    if "/" not in str(command[0]) and not shutil.which(str(command[0])):
        raise FileNotFoundError(f"{command[0]} is not installed")
    done = subprocess.run(list(map(str, command)), cwd=cwd, input=stdin, capture_output=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError((done.stderr or done.stdout).decode(errors="replace").strip()[-300:])
    return done.stdout


def font(family="DejaVu Serif"):
    return run("fc-match", "-f", "%{file}", family).decode()


def put(path, text, encoding="utf-8"):
    path.write_text(text, encoding=encoding)
    return path


def page_of(document, blocks, columns, work):
    language = {"rtl": "he", "cjk": "ja", "vertical": "ja"}.get(document, "en")
    return put(work / "page.html", layout.html(blocks, columns, language, document == "vertical"))


def placed_of(document, blocks, columns):
    return list(layout.strings(blocks, columns, numbered=document == "numbered"))


def table_of(document, blocks, columns, work, encoding="utf-8"):
    lines = ["\t".join([str(page), f"{x:.2f}", f"{y:.2f}", f"{size:g}", str(int(bold)), text])
             for page, x, y, size, bold, text in placed_of(document, blocks, columns)]
    return put(work / "placed.tsv", "\n".join(lines) + "\n", encoding)


# Browsers, word processors and others that set pages of HTML.

@producer("chromium", [*ALL, "vertical"])
def chromium(document, blocks, columns, out, work):
    page = page_of(document, blocks, columns, work)
    run("chromium", "--headless", "--no-pdf-header-footer", "--no-sandbox", "--disable-gpu", f"--user-data-dir={work}", f"--print-to-pdf={out}", page)


@producer("weasyprint", ALL)
def weasyprint(document, blocks, columns, out, work):
    import weasyprint as program
    program.HTML(page_of(document, blocks, columns, work)).write_pdf(out)


@producer("wkhtmltopdf", ALL)
def wkhtmltopdf(document, blocks, columns, out, work):
    run("wkhtmltopdf", "-q", page_of(document, blocks, columns, work), out)


@producer("libreoffice-writer", ALL)
def writer(document, blocks, columns, out, work):
    page = page_of(document, blocks, columns, work)
    run("soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf:writer_web_pdf_Export",
        "--outdir", work, page)
    shutil.move(page.with_suffix(".pdf"), out)


@producer("libreoffice-docx", ALL)
def docx(document, blocks, columns, out, work):
    from docx import Document
    from docx.shared import Pt
    made = Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = layout.HEAD
    cols = section._sectPr.xpath("./w:cols")[0]
    cols.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}num", str(columns))
    for kind, content in blocks:
        if kind == "table":
            table = made.add_table(len(content), len(content[0]))
            for row, cells in zip(table.rows, content):
                for cell, text in zip(row.cells, cells):
                    cell.text = text
        else:
            runs = made.add_heading(layout.plain(content)) if kind == "head" else made.add_paragraph(layout.plain(content))
            if kind == "note":
                runs.runs[0].font.size = Pt(8)
    made.save(work / "a.docx")
    run("soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf", "--outdir", work,
        work / "a.docx")
    shutil.move(work / "a.pdf", out)


@producer("libreoffice-calc", ["table"])
def calc(document, blocks, columns, out, work):
    rows = [row for kind, content in blocks for row in (content if kind == "table" else [[layout.plain(content)]])]
    put(work / "a.csv", "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows))
    run("soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf",
        "--infilter=CSV:44,34,76,1", "--outdir", work, work / "a.csv")
    shutil.move(work / "a.pdf", out)


@producer("abiword", LATIN)
def abiword(document, blocks, columns, out, work):
    run("abiword", "--to=pdf", "-o", out, page_of(document, blocks, 1, work))


@producer("mupdf-story", WIDE)
def story(document, blocks, columns, out, work):
    import pymupdf
    it = pymupdf.Story(layout.html(blocks))
    writing = pymupdf.DocumentWriter(str(out))
    more = 1
    while more:
        device = writing.begin_page(pymupdf.paper_rect("a4"))
        more, _ = it.place(pymupdf.Rect(60, 60, 535, 780))
        it.draw(device)
        writing.end_page()
    writing.close()


@producer("xhtml2pdf")
def xhtml2pdf(document, blocks, columns, out, work):
    from xhtml2pdf import pisa
    with open(out, "wb") as file:
        pisa.CreatePDF(layout.html(blocks), dest=file)


@producer("qt5", ALL)
def qt(document, blocks, columns, out, work):
    page = page_of(document, blocks, columns, work)
    program = (
        "import sys\nfrom PyQt5.QtGui import QGuiApplication, QTextDocument, QPdfWriter, QPagedPaintDevice\n"
        "app = QGuiApplication(['-platform', 'offscreen'])\ndocument = QTextDocument()\n"
        "document.setHtml(open(sys.argv[1], encoding='utf-8').read())\nwriter = QPdfWriter(sys.argv[2])\n"
        "writer.setPageSize(QPagedPaintDevice.A4)\ndocument.print(writer)\n"
    )
    run("/usr/bin/env", "QT_QPA_PLATFORM=offscreen", "/usr/bin/python3", "-c", program, page, out)


# Formatters with languages of their own.

def tex(program, preamble, then=None):
    def make(document, blocks, columns, out, work):
        extra = preamble
        if document == "cjk":
            extra += "\\setmainfont{IPAGothic}\\XeTeXlinebreaklocale \"ja\""
        elif document in ("rtl", "languages") and "fontspec" in preamble:
            extra += "\\setmainfont{DejaVu Sans}" if document == "rtl" else "\\setmainfont{DejaVu Serif}"
        source = put(work / "a.tex", layout.latex(blocks, columns, extra, document == "numbered"))
        for _ in range(2):
            run(program, "-interaction=nonstopmode", source.name, cwd=work)
        if then:
            then(work)
        shutil.move(work / "a.pdf", out)
    return make


CORK = "\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}"
TEXTS = [*LATIN, "wrapped", "numbered"]
producer("pdftex", TEXTS)(tex("pdflatex", CORK + "\\usepackage{lmodern}"))
producer("pdftex-ot1", TEXTS)(tex("pdflatex", "\\usepackage[utf8]{inputenc}"))
producer("pdftex-times", LATIN)(tex("pdflatex", CORK + "\\usepackage{times}\\usepackage[english]{babel}"))
producer("xetex", [*WIDE, "cjk"])(tex("xelatex", "\\usepackage{fontspec}"))
producer("luatex", WIDE)(tex("lualatex", "\\usepackage{fontspec}"))
producer("dvips", LATIN)(tex("latex", CORK + "\\usepackage{times}", lambda work: (
    run("dvips", "-q", "a.dvi", "-o", "a.ps", cwd=work), run("ps2pdf", "a.ps", "a.pdf", cwd=work))))
producer("dvips-bitmaps", LATIN)(tex("latex", "\\usepackage[utf8]{inputenc}", lambda work: (
    run("dvips", "-q", "-V1", "a.dvi", "-o", "a.ps", cwd=work), run("ps2pdf", "a.ps", "a.pdf", cwd=work))))
producer("dvipdfmx", LATIN)(tex("latex", CORK + "\\usepackage{lmodern}", lambda work: run("dvipdfmx", "-q", "a.dvi", cwd=work)))


@producer("typst", ALL)
def typst(document, blocks, columns, out, work):
    import typst as program
    put(work / "a.typ", layout.typst(blocks, columns))
    program.compile(str(work / "a.typ"), output=str(out))


@producer("groff-pdf")
def groff(document, blocks, columns, out, work):
    out.write_bytes(run("groff", "-K", "utf8", "-t", "-ms", "-Tpdf", stdin=layout.roff(blocks).encode()))


@producer("groff-ps-ghostscript")
def groff_ps(document, blocks, columns, out, work):
    (work / "a.ps").write_bytes(run("groff", "-K", "utf8", "-t", "-ms", "-Tps", stdin=layout.roff(blocks).encode()))
    run("ps2pdf", work / "a.ps", out)


@producer("rst2pdf", ["report", "columns"])
def rst2pdf(document, blocks, columns, out, work):
    put(work / "a.rst", "\n\n".join(layout.plain(content) for _, content in blocks))
    run(Path(sys.executable).parent / "rst2pdf", work / "a.rst", "-o", out)


# Plain text.

def text_of(blocks):
    rows = [["\t".join(row) for row in content] if kind == "table" else [layout.plain(content)] for kind, content in blocks]
    return "\n\n".join("\n".join(layout.textwrap.fill(line, 78) if "\t" not in line else line for line in row) for row in rows)


@producer("enscript-ghostscript")
def enscript(document, blocks, columns, out, work):
    latin = text_of(blocks).translate(str.maketrans("“”’–—€", "\"\"'--E")).encode("latin-1", "replace")
    run("enscript", "-q", "-B", "-p", work / "a.ps", stdin=latin)
    run("ps2pdf", work / "a.ps", out)


@producer("a2ps-ghostscript")
def a2ps(document, blocks, columns, out, work):
    latin = text_of(blocks).translate(str.maketrans("“”’–—€", "\"\"'--E")).encode("latin-1", "replace")
    (work / "a.txt").write_bytes(latin)
    run("a2ps", "-q", "-1", "-B", "--borders=no", "-o", work / "a.ps", work / "a.txt")
    run("ps2pdf", work / "a.ps", out)


# Libraries that draw strings in their places.

def drawn_by(kind, command, encoding="utf-8"):
    def make(document, blocks, columns, out, work):
        table = table_of(document, blocks, columns, work, encoding)
        run(*command(work), kind, table, font("IPAGothic" if document == "cjk" else "DejaVu Serif"), out, cwd=TOOLS)
    return make


def java(work):
    if not (TOOLS / "java").is_dir():
        raise FileNotFoundError("no jars")
    return ["java", "-Djava.awt.headless=true", "-cp", TOOLS / "java/*", HERE / "drivers/Draw.java"]


def node(work):
    return ["node", HERE / "drivers/draw.mjs"]


def go(work):
    program = TOOLS / "draw-go"
    if not program.exists():
        shutil.copy(HERE / "drivers/draw.go", TOOLS / "draw.go")
        run("go", "build", "-mod=mod", "-o", program, "draw.go", cwd=TOOLS)
    return [program]


def haru(work):
    run("cc", HERE / "drivers/draw.c", "-o", work / "draw", "-lhpdf")
    return [work / "draw"]


for name in ["pdfbox", "itext"]:
    producer(name, [*WIDE, "wrapped", "numbered", "cjk"])(drawn_by(name, java))
producer("openpdf")(drawn_by("openpdf", java))
for name in ["pdfkit", "pdf-lib", "jspdf", "pdfmake"]:
    producer(name, WIDE)(drawn_by(name, node))
for name in ["gofpdf", "gopdf"]:
    producer(name, WIDE)(drawn_by(name, go))
for name in ["r-pdf", "r-cairo"]:
    producer(name, LATIN if name == "r-pdf" else WIDE)(drawn_by(name, lambda work: ["Rscript", HERE / "drivers/draw.R"]))
producer("perl-pdf-api2", WIDE)(drawn_by("perl", lambda work: ["perl", HERE / "drivers/draw.pl"]))
producer("prawn", WIDE)(drawn_by("prawn", lambda work: ["ruby", HERE / "drivers/draw.rb"]))
producer("tcpdf", WIDE)(drawn_by("tcpdf", lambda work: ["php", HERE / "drivers/draw.php"]))
producer("libharu")(drawn_by("libharu", haru, "cp1252"))


@producer("fop")
def fop(document, blocks, columns, out, work):
    run(*java(work), "fop", put(work / "a.fo", layout.fo(blocks, columns)), "-", out, cwd=work)


@producer("reportlab", TEXTS)
def reportlab(document, blocks, columns, out, work):
    from reportlab.pdfgen.canvas import Canvas
    canvas, last = Canvas(str(out), pagesize=(layout.WIDTH, layout.HEIGHT)), 1
    for page, x, y, size, bold, text in placed_of(document, blocks, columns):
        if page != last:
            canvas.showPage()
        last = page
        canvas.setFont("Times-Bold" if bold else "Times-Roman", size)
        canvas.drawString(x, layout.HEIGHT - y, text)
    canvas.save()


@producer("fpdf2", [*WIDE, "cjk"])
def fpdf2(document, blocks, columns, out, work):
    from fpdf import FPDF
    pdf, last = FPDF(unit="pt", format="A4"), 0
    pdf.set_auto_page_break(False)
    pdf.add_font("own", fname=font("IPAGothic" if document == "cjk" else "DejaVu Serif"))
    for page, x, y, size, _, text in placed_of(document, blocks, columns):
        if page != last:
            pdf.add_page()
        last = page
        pdf.set_font("own", size=size)
        pdf.text(x, y, text)
    pdf.output(str(out))


@producer("mupdf-insert", LATIN)
def insert(document, blocks, columns, out, work):
    import pymupdf
    pdf = pymupdf.open()
    for page, x, y, size, bold, text in placed_of(document, blocks, columns):
        while len(pdf) < page:
            pdf.new_page(width=layout.WIDTH, height=layout.HEIGHT)
        pdf[page - 1].insert_text((x, y), text, fontsize=size, fontname="tibo" if bold else "tiro")
    pdf.save(out)


def pyplot(font_type):
    def make(document, blocks, columns, out, work):
        import matplotlib
        matplotlib.use("pdf")
        matplotlib.rcParams["pdf.fonttype"] = font_type
        matplotlib.rcParams["text.parse_math"] = False
        matplotlib.rcParams["font.family"] = "DejaVu Serif"
        from matplotlib import pyplot as plot
        from matplotlib.backends.backend_pdf import PdfPages
        pages = {}
        for page, *rest in placed_of(document, blocks, columns):
            pages.setdefault(page, []).append(rest)
        with PdfPages(out) as pdf:
            for strings in pages.values():
                figure = plot.figure(figsize=(layout.WIDTH / 72, layout.HEIGHT / 72))
                for x, y, size, bold, text in strings:
                    figure.text(x / layout.WIDTH, 1 - y / layout.HEIGHT, text, fontsize=size)
                pdf.savefig(figure)
                plot.close(figure)
    return make


producer("matplotlib-type3", WIDE)(pyplot(3))
producer("matplotlib-type42", WIDE)(pyplot(42))


@producer("borb", ["report"])
def borb(document, blocks, columns, out, work):
    from borb.pdf import PDF, Document, Page, Paragraph, SingleColumnLayout
    made = Document()
    page = Page()
    (made.add_page if hasattr(made, "add_page") else made.append_page)(page)
    flow = SingleColumnLayout(page)
    for kind, content in blocks:
        if kind != "table":
            text = layout.plain(content).translate(str.maketrans("“”’–—€", "\"\"'--E"))
            (flow.add if hasattr(flow, "add") else flow.append_layout_element)(Paragraph(text))
    if hasattr(PDF, "dumps"):
        with open(out, "wb") as file:
            PDF.dumps(file, made)
    else:
        PDF.write(what=made, where_to=str(out))


@producer("ghostscript")
def ghostscript(document, blocks, columns, out, work):
    source = put(work / "a.ps", layout.postscript(placed_of(document, blocks, columns)), "latin-1")
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-o{out}", source)


@producer("gnuplot-pdfcairo", ["report"])
def gnuplot(document, blocks, columns, out, work):
    lines = [f"set terminal pdfcairo size {layout.WIDTH / 72}in,{layout.HEIGHT / 72}in font 'DejaVu Serif,10'",
             f"set output '{out}'", "unset border", "unset tics", "unset key", "set encoding utf8"]
    for page, x, y, size, bold, text in placed_of(document, blocks, columns):
        if page == 1:
            quoted = text.replace('"', "''")
            lines.append(f'set label "{quoted}" at screen {x / layout.WIDTH},{1 - y / layout.HEIGHT} noenhanced font ",{size}"')
    run("gnuplot", put(work / "a.gp", "\n".join(lines + ["plot [0:1][0:1] -1 notitle"])))


@producer("inkscape", ["report", "columns", "rtl"])
def inkscape(document, blocks, columns, out, work):
    run("inkscape", "--export-type=pdf", f"--export-filename={out}",
        put(work / "a.svg", layout.svg(placed_of(document, blocks, columns))))


@producer("librsvg", ["report", "columns", "cjk"])
def librsvg(document, blocks, columns, out, work):
    run("rsvg-convert", "-f", "pdf", "-o", out, put(work / "a.svg", layout.svg(placed_of(document, blocks, columns))))


# Text under a scan.

def scan_of(document, blocks, columns, work):
    ghostscript(document, blocks, columns, work / "a.pdf", work)
    run("pdftoppm", "-r", "200", "-gray", "-png", work / "a.pdf", work / "scan")
    return sorted(work.glob("scan*.png"))


@producer("tesseract", ["table", "columns"])
def tesseract(document, blocks, columns, out, work):
    pages = put(work / "pages.txt", "\n".join(map(str, scan_of(document, blocks, columns, work))))
    run("tesseract", pages, work / "b", "pdf")
    shutil.move(work / "b.pdf", out)


@producer("ocrmypdf", ["table", "columns"])
def ocrmypdf(document, blocks, columns, out, work):
    import pymupdf
    pdf = pymupdf.open()
    for picture in scan_of(document, blocks, columns, work):
        page = pdf.new_page(width=layout.WIDTH, height=layout.HEIGHT)
        page.insert_image(page.rect, filename=str(picture))
    pdf.save(work / "b.pdf")
    run("/usr/bin/env", "ocrmypdf", "-q", "--output-type", "pdf", work / "b.pdf", out)


# Programs that write what another one made anew.

def rewritten(of, *command):
    def make(document, blocks, columns, out, work):
        MADE[of][0](document, blocks, columns, work / "before.pdf", work)
        run(*(str(part).format(before=work / "before.pdf", out=out) for part in command))
    return make


producer("qpdf")(rewritten("reportlab", "qpdf", "--object-streams=generate", "--linearize", "{before}", "{out}"))
producer("mutool")(rewritten("pdftex", "mutool", "clean", "-gggg", "-z", "{before}", "{out}"))
producer("pdftk")(rewritten("libharu", "pdftk", "{before}", "output", "{out}", "uncompress"))
producer("ghostscript-again", ALL[:-1])(rewritten("chromium", "gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-o{out}", "{before}"))
producer("poppler-cairo", ALL[:-1])(rewritten("weasyprint", "pdftocairo", "-pdf", "{before}", "{out}"))
producer("pdf-to-ps-to-pdf")(rewritten("pdftex", "/bin/sh", "-c", "pdftops {before} - | ps2pdf - {out}"))


@producer("pikepdf")
def pikepdf(document, blocks, columns, out, work):
    import pikepdf as program
    pdftex = MADE["pdftex"][0]
    pdftex(document, blocks, columns, work / "before.pdf", work)
    with program.open(work / "before.pdf") as pdf:
        pdf.save(out, encryption=program.Encryption(owner="secret", user=""), recompress_flate=True)


def main():
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[3:]
    files = 0
    for name, (make, documents) in MADE.items():
        if wanted and name not in wanted:
            continue
        for document in documents:
            for columns in COLUMNS_OF.get(document, [1]):
                target = out / f"{name}.{document}{columns if columns > 1 else ''}.pdf"
                if target.exists():
                    files += 1
                    continue
                try:
                    with tempfile.TemporaryDirectory() as work:
                        make(document, DOCUMENTS[document], columns, target, Path(work))
                    files += 1
                except Exception as error:
                    target.unlink(missing_ok=True)
                    print(f"left out: {target.name}: {type(error).__name__}: {' '.join(str(error).split())[:300]}", flush=True)
    print(f"{files} files in {out.name}")


if __name__ == "__main__":
    TOOLS = Path(sys.argv[2] if len(sys.argv) > 2 else ".").resolve()
    main()
