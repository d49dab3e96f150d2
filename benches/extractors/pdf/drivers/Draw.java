/** Draws strings in their places with PDFBox, OpenPDF or iText, or sets XSL-FO with FOP: `Draw KIND INPUT FONT OUT`. */
import java.io.*;
import java.nio.file.*;
import java.util.*;

public class Draw {
    record Placed(int page, float x, float y, float size, boolean bold, String text) {}

    static List<Placed> read(String path) throws IOException {
        List<Placed> all = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(path))) {
            String[] cells = line.split("\t", 6);
            all.add(new Placed(Integer.parseInt(cells[0]), Float.parseFloat(cells[1]), 842 - Float.parseFloat(cells[2]),
                Float.parseFloat(cells[3]), cells[4].equals("1"), cells[5]));
        }
        return all;
    }

    public static void main(String[] args) throws Exception {
        String input = args[1], font = args[2], out = args[3];
        switch (args[0]) {
            case "pdfbox" -> pdfbox(read(input), font, out);
            case "openpdf" -> openpdf(read(input), out);
            case "itext" -> itext(read(input), font, out);
            case "fop" -> fop(input, out);
        }
    }

    static void pdfbox(List<Placed> all, String path, String out) throws Exception {
        try (var document = new org.apache.pdfbox.pdmodel.PDDocument()) {
            var font = org.apache.pdfbox.pdmodel.font.PDType0Font.load(document, new File(path));
            int page = 0;
            org.apache.pdfbox.pdmodel.PDPageContentStream content = null;
            for (Placed it : all) {
                if (it.page() != page) {
                    if (content != null) content.close();
                    var sheet = new org.apache.pdfbox.pdmodel.PDPage(org.apache.pdfbox.pdmodel.common.PDRectangle.A4);
                    document.addPage(sheet);
                    content = new org.apache.pdfbox.pdmodel.PDPageContentStream(document, sheet);
                    page = it.page();
                }
                content.beginText();
                content.setFont(font, it.size());
                content.newLineAtOffset(it.x(), it.y());
                content.showText(it.text());
                content.endText();
            }
            content.close();
            document.save(out);
        }
    }

    static void openpdf(List<Placed> all, String out) throws Exception {
        var document = new com.lowagie.text.Document();
        var writer = com.lowagie.text.pdf.PdfWriter.getInstance(document, new FileOutputStream(out));
        document.open();
        var font = com.lowagie.text.pdf.BaseFont.createFont("Times-Roman", "Cp1252", false);
        int page = 1;
        for (Placed it : all) {
            if (it.page() != page) document.newPage();
            page = it.page();
            var content = writer.getDirectContent();
            content.beginText();
            content.setFontAndSize(font, it.size());
            content.showTextAligned(com.lowagie.text.pdf.PdfContentByte.ALIGN_LEFT, it.text(), it.x(), it.y(), 0);
            content.endText();
        }
        document.close();
    }

    static void itext(List<Placed> all, String path, String out) throws Exception {
        var document = new com.itextpdf.kernel.pdf.PdfDocument(new com.itextpdf.kernel.pdf.PdfWriter(out));
        var font = com.itextpdf.kernel.font.PdfFontFactory.createFont(path, "Identity-H");
        int page = 0;
        com.itextpdf.kernel.pdf.canvas.PdfCanvas canvas = null;
        for (Placed it : all) {
            if (it.page() != page) canvas = new com.itextpdf.kernel.pdf.canvas.PdfCanvas(document.addNewPage());
            page = it.page();
            canvas.beginText().setFontAndSize(font, it.size()).moveText(it.x(), it.y()).showText(it.text()).endText();
        }
        document.close();
    }

    static void fop(String input, String out) throws Exception {
        var factory = org.apache.fop.apps.FopFactory.newInstance(new File(".").toURI());
        try (var to = new BufferedOutputStream(new FileOutputStream(out))) {
            var fop = factory.newFop("application/pdf", to);
            javax.xml.transform.TransformerFactory.newInstance().newTransformer().transform(
                new javax.xml.transform.stream.StreamSource(new File(input)),
                new javax.xml.transform.sax.SAXResult(fop.getDefaultHandler()));
        }
    }
}
