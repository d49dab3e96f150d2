// Draws strings in their places with pdfkit, pdf-lib or jspdf, or sets them with pdfmake: `draw.mjs KIND INPUT FONT OUT`.
// The packages are looked for from the working folder.
import { createRequire } from "node:module";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";

const require = createRequire(process.cwd() + "/");
const [kind, input, font, out] = process.argv.slice(2);
const placed = readFileSync(input, "utf8").split("\n").filter(Boolean).map((line) => {
  const [page, x, y, size, bold, text] = line.split("\t");
  return { page: +page, x: +x, y: +y, size: +size, bold: bold === "1", text };
});

const drawn = {
  async pdfkit() {
    const Document = require("pdfkit");
    const document = new Document({ size: "A4", margin: 0 });
    document.pipe(createWriteStream(out));
    document.registerFont("own", font);
    let page = 1;
    for (const it of placed) {
      if (it.page !== page) document.addPage();
      page = it.page;
      document.font("own").fontSize(it.size).text(it.text, it.x, it.y - it.size, { lineBreak: false });
    }
    document.end();
  },
  async "pdf-lib"() {
    const { PDFDocument } = require("pdf-lib");
    const document = await PDFDocument.create();
    document.registerFontkit(require("@pdf-lib/fontkit"));
    const own = await document.embedFont(readFileSync(font), { subset: true });
    let sheet, page = 0;
    for (const it of placed) {
      if (it.page !== page) sheet = document.addPage([595, 842]);
      page = it.page;
      sheet.drawText(it.text, { x: it.x, y: 842 - it.y, size: it.size, font: own });
    }
    writeFileSync(out, await document.save());
  },
  async jspdf() {
    const { jsPDF } = require("jspdf");
    const document = new jsPDF({ unit: "pt", format: "a4" });
    document.addFileToVFS("own.ttf", readFileSync(font).toString("base64"));
    document.addFont("own.ttf", "own", "normal");
    document.setFont("own");
    let page = 1;
    for (const it of placed) {
      if (it.page !== page) document.addPage();
      page = it.page;
      document.setFontSize(it.size).text(it.text, it.x, it.y);
    }
    writeFileSync(out, Buffer.from(document.output("arraybuffer")));
  },
  async pdfmake() {
    const content = placed.map((it) => ({
      text: it.text, fontSize: it.size, absolutePosition: { x: it.x, y: it.y - it.size },
      pageBreak: placed.find((other) => other.page === it.page) === it && it.page > 1 ? "before" : undefined,
    }));
    const fonts = { own: { normal: font, bold: font, italics: font, bolditalics: font } };
    const wanted = { content, defaultStyle: { font: "own" } };
    const made = require("pdfmake");
    if (made.createPdf) {
      made.setFonts ? made.setFonts(fonts) : made.addFonts(fonts);
      await made.createPdf(wanted).write(out);
    } else {
      const document = new made(fonts).createPdfKitDocument(wanted);
      document.pipe(createWriteStream(out));
      document.end();
    }
  },
};
await drawn[kind]();
