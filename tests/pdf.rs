//! Small PDFs, each with one thing that producers do or files suffer: their text is read whole and in order, and what
//! cannot be read is told.

use std::fmt::Write as _;

use corroborate::source::{self, Fields, ReadError, Source};
use corroborate::text::words::readable;

/// A document in the making: objects from 1 on. The first three are its catalogue, its pages and the fonts.
struct Pdf {
    objects: Vec<String>,
    pages: Vec<usize>,
    fonts: String,
}

const TIMES: &str = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>";

impl Pdf {
    fn new() -> Self {
        Self { objects: vec![String::new(); 3], pages: Vec::new(), fonts: format!("/T {TIMES}") }
    }

    /// The page as it is in most of the tests: set in Times.
    fn of(content: &str) -> Self {
        Self::new().page(content)
    }

    fn add(&mut self, object: impl Into<String>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    fn stream(&mut self, entries: &str, content: &str) -> usize {
        self.add(format!("<<{entries}/Length {}>>\nstream\n{content}\nendstream", content.len()))
    }

    fn font(mut self, name: &str, font: &str) -> Self {
        let _ = write!(self.fonts, " /{name} {font}");
        self
    }

    fn page(self, content: &str) -> Self {
        self.page_with(content, "", "")
    }

    fn page_with(mut self, content: &str, resources: &str, entries: &str) -> Self {
        let content = self.stream("", content);
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {content} 0 R{entries}/Resources<</Font 3 0 R{resources}>>>>"
        );
        let page = self.add(page);
        self.pages.push(page);
        self
    }

    fn bytes(self) -> Vec<u8> {
        self.with_catalogue("")
    }

    fn with_catalogue(mut self, entries: &str) -> Vec<u8> {
        let kids: Vec<String> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        self.objects[0] = format!("<</Type/Catalog/Pages 2 0 R{entries}>>");
        self.objects[1] = format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), kids.len());
        self.objects[2] = format!("<<{}>>", self.fonts);
        let mut out = "%PDF-1.7\n".to_owned();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (at, object) in self.objects.iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", out.len());
            let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1);
        }
        let start = out.len();
        let _ = write!(out, "{table}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", self.objects.len() + 1);
        out.into_bytes()
    }
}

/// A string in its place, in a font.
fn at(x: f64, y: f64, font: &str, size: f64, string: &str) -> String {
    format!("BT /{font} {size} Tf {x} {y} Td ({string}) Tj ET\n")
}

/// Lines below each other.
fn lines(x: f64, y: f64, text: &[&str]) -> String {
    text.iter().enumerate().map(|(line, text)| at(x, y - 14.0 * line as f64, "T", 10.0, text)).collect()
}

#[track_caller]
fn read(bytes: &[u8]) -> Source {
    source::read("a.pdf", bytes, &Fields::default()).expect("a source").remove(0)
}

/// The words of a document, without page marks.
#[track_caller]
fn words(bytes: &[u8]) -> String {
    readable(&read(bytes).layout.visible)
}

#[test]
fn broken_files_open_as_in_every_viewer() {
    let whole = Pdf::of(&at(50.0, 700.0, "T", 12.0, "The pier was closed.")).bytes();
    let text = String::from_utf8(whole.clone()).expect("ASCII");
    let without = |part: &str| text.as_bytes()[..text.find(part).expect("the part")].to_vec();
    let wrong_length = text.replace("/Length ", "/Length 9");
    let broken: [(&str, Vec<u8>); 9] = [
        ("whole", whole.clone()),
        ("wrong startxref", text.replace("startxref\n", "startxref\n9").into_bytes()),
        ("no startxref", without("startxref")),
        ("no table", without("xref\n0")),
        ("wrong offsets", text.replacen("%PDF-1.7\n", "%PDF-1.7\n%a comment that moves all\n", 1).into_bytes()),
        ("before the header", ["HTTP/1.1 200 OK\r\n\r\n".as_bytes(), &whole].concat()),
        ("behind the end", [whole.as_slice(), "<html>".repeat(600).as_bytes()].concat()),
        ("no end", without("%%EOF")),
        ("wrong lengths", wrong_length.into_bytes()),
    ];
    for (what, bytes) in broken {
        assert_eq!(words(&bytes), "The pier was closed.", "{what}");
    }
}

#[test]
fn doubled_letters_stay_and_strings_drawn_twice_come_once() {
    let narrow = "<</Type/Font/Subtype/TrueType/BaseFont/Arial,Bold>>";
    let page = [
        at(50.0, 700.0, "T", 12.0, "All officers will pay 1,100 crowns."),
        at(50.0, 680.0, "N", 12.0, "All officers will pay 1,100 crowns."),
        // Heavy type and a shadow.
        at(50.0, 660.0, "T", 12.0, "Annual loss"),
        at(50.3, 660.0, "T", 12.0, "Annual loss"),
        at(50.0, 640.0, "T", 12.0, "Of the village"),
        at(52.0, 638.0, "T", 12.0, "Of the village"),
    ];
    // Each letter is a string.
    let letters: String =
        "will".chars().zip([0.0, 8.7, 12.0, 15.3]).map(|(c, x)| at(50.0 + x, 620.0, "T", 12.0, &c.to_string())).collect();
    let read = words(&Pdf::new().font("N", narrow).page(&(page.concat() + &letters)).bytes());
    assert_eq!(read, "All officers will pay 1,100 crowns. All officers will pay 1,100 crowns. Annual loss Of the village will");
}

#[test]
fn fonts_are_known_by_what_they_are_and_not_by_their_names() {
    let mut pdf = Pdf::new();
    let turned = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[65/B/A]>>>>";
    let form = pdf.stream(
        &format!("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</T {turned}>>>>"),
        &at(50.0, 700.0, "T", 12.0, "BABA"),
    );
    let page = format!("/F Do\n{}", at(50.0, 650.0, "T", 12.0, "BABA"));
    let pdf = pdf.page_with(&page, &format!("/XObject<</F {form} 0 R>>"), "");
    assert_eq!(words(&pdf.bytes()), "ABAB BABA");
}

#[test]
fn a_font_of_another_kind_costs_only_its_glyphs() {
    let composite = |encoding: &str, collection: &str| {
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/{encoding}/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering({collection})/Supplement 2>>/DW 1000>>]>>"
        )
    };
    let page = |font: &str| {
        format!(
            "{}BT /C 12 Tf 50 680 Td <{font}> Tj ET\n{}",
            at(50.0, 700.0, "T", 12.0, "Before."),
            at(50.0, 660.0, "T", 12.0, "After.")
        )
    };
    for (encoding, collection, codes, wanted) in [
        ("90ms-RKSJ-H", "Japan1", "8D60 8CFB", "Before. 港口 After."),
        ("UniGB-UCS2-H", "GB1", "6E2F 53E3", "Before. 港口 After."),
        ("UniJIS-UTF16-H", "Japan1", "6E2F 53E3", "Before. 港口 After."),
        ("GBK-EUC-H", "GB1", "B8DB BFDA", "Before. 港口 After."),
        ("Nobody-Knows-H", "Nothing", "6E2F 53E3", "Before. After."),
    ] {
        let source = read(&Pdf::new().font("C", &composite(encoding, collection)).page(&page(codes)).bytes());
        assert_eq!(readable(&source.layout.visible), wanted, "{encoding}");
        let told = ["2 glyphs on 1 page cannot be read, as their fonts are broken or of an unknown kind, the first on page 1"];
        assert_eq!(source.notices, if encoding == "Nobody-Knows-H" { told.as_slice() } else { &[] }, "{encoding}");
    }
}

#[test]
fn what_no_font_explains_is_told() {
    let secret = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[65/x1/x2/x3]>>>>";
    let broken = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[0 4000000000 500]>>]>>";
    let page = at(50.0, 700.0, "T", 12.0, "The fine is known.") + &at(50.0, 680.0, "S", 12.0, "ABC");
    let page = page + &at(50.0, 660.0, "W", 12.0, "ABCD");
    let mut pdf = Pdf::new().font("S", secret).font("W", broken);
    let picture = pdf.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "a");
    let pdf = pdf.page(&page).page_with("/I Do", &format!("/XObject<</I {picture} 0 R>>"), "");
    let source = read(&pdf.bytes());
    assert_eq!(readable(&source.layout.visible), "The fine is known.");
    assert_eq!(
        source.notices,
        [
            "2 glyphs on 1 page cannot be read, as their fonts are broken or of an unknown kind, the first on page 1",
            "1 page with pictures and no text (a scan, perhaps), the first is page 2",
        ]
    );
    let only = Pdf::new().font("W", broken).page(&at(50.0, 660.0, "W", 12.0, "ABCD")).bytes();
    let why = source::read("a.pdf", &only, &Fields::default()).err();
    assert_eq!(why, Some(ReadError::Broken("its fonts cannot be read".to_owned())));
}

#[test]
fn rubbish_between_operators_costs_no_text() {
    let page =
        format!("{}) ] >> nonsense\n4 5 )\n{}", at(50.0, 700.0, "T", 12.0, "Before."), at(50.0, 680.0, "T", 12.0, "After."));
    assert_eq!(words(&Pdf::of(&page).bytes()), "Before. After.");
    let image = format!("BI /W 1 /H 1 /BPC 8 /CS /G ID \u{7}) EI\n{}", at(50.0, 680.0, "T", 12.0, "After."));
    assert_eq!(words(&Pdf::of(&image).bytes()), "After.");
}

#[test]
fn text_under_a_scan_fields_of_forms_and_shown_layers_are_text() {
    let mut pdf = Pdf::new();
    let look = |pdf: &mut Pdf, text: &str| {
        let content = at(2.0, 2.0, "T", 10.0, text);
        pdf.stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</T {TIMES}>>>>"), &content)
    };
    let (field, hidden) = (look(&mut pdf, "Ilse Marrow"), look(&mut pdf, "secret"));
    let (shown_layer, hidden_layer) = (pdf.add("<</Type/OCG/Name(a)>>"), pdf.add("<</Type/OCG/Name(b)>>"));
    let annotation = |place: usize, look: usize, flags: usize| {
        format!("<</Type/Annot/Subtype/Widget/F {flags}/Rect[100 {place} 300 {}]/AP<</N {look} 0 R>>>>", place + 20)
    };
    let fields = annotation(600, field, 4) + &annotation(500, hidden, 2);
    let page = [
        "3 Tr\n".to_owned(),
        at(50.0, 700.0, "T", 12.0, "Under the scan."),
        format!("/OC /A BDC {} EMC\n", at(50.0, 680.0, "T", 12.0, "A layer.")),
        format!("/OC /B BDC {} EMC\n", at(50.0, 660.0, "T", 12.0, "Another layer.")),
        at(50.0, 602.0, "T", 10.0, "Name:"),
    ];
    let layers = format!("/Properties<</A {shown_layer} 0 R/B {hidden_layer} 0 R>>");
    let pdf = pdf.page_with(&page.concat(), &layers, &format!("/Annots[{fields}]"));
    let off = format!("/OCProperties<</OCGs[{shown_layer} 0 R {hidden_layer} 0 R]/D<</OFF[{hidden_layer} 0 R]>>>>");
    assert_eq!(words(&pdf.with_catalogue(&off)), "Under the scan. A layer. Name: Ilse Marrow");
}

#[test]
fn ligatures_and_accents_become_letters() {
    let set = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[1/fi/fl/ff/ffi/dieresis/acute]>>>>";
    let page = format!(
        "{}BT /L 12 Tf 50 680 Td [(M) <05> 400 (uller)] TJ ET\n",
        at(50.0, 700.0, "L", 12.0, "The o\\004ce a\\003irmed the \\001nal \\002ow.")
    );
    let read = words(&Pdf::new().font("L", set).page(&page).bytes());
    assert_eq!(read, "The office affirmed the final flow. Müller");
}

#[test]
fn raised_letters_belong_to_words_and_raised_marks_do_not() {
    let page = [
        at(50.0, 700.0, "T", 12.0, "On the 12"),
        // Set apart, by a rise, and after the rest of its line.
        at(96.0, 704.0, "T", 8.0, "th"),
        at(106.0, 700.0, "T", 12.0, "of May 40 were left."),
        "BT /T 12 Tf 50 680 Td (The 3) Tj 8 0 0 8 75 684 Tm 1 0 0 1 76 680 Tm 5 Ts 7 Tf /T 7 Tf (rd) Tj 0 Ts /T 12 Tf ( since 2005) Tj 5 Ts /T 7 Tf (4) Tj 0 Ts /T 12 Tf ( and on.) Tj ET\n".to_owned(),
        at(50.0, 660.0, "T", 12.0, "In the 1    term 30 km   were lost."),
        at(88.5, 664.0, "T", 7.0, "st"),
    ];
    let source = read(&Pdf::of(&page.concat()).bytes());
    let read = readable(&source.layout.visible);
    assert!(read.contains("On the 12th of May 40 were left."), "{read}");
    assert!(read.contains("The 3rd since 2005 and on."), "{read}");
    assert!(read.contains("In the 1st term"), "{read}");
    assert!(source.text.contains("2005⁴ and on"), "{}", source.text);
}

/// A font whose letters a, b, c … are those of the Hebrew alphabet.
const HEBREW: &str = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/FirstChar 40/LastChar 122/Widths[500]/FontDescriptor<</Type/FontDescriptor/FontName/Times-Roman/Flags 4/MissingWidth 500>>/Encoding<</Differences[97/afii57664/afii57665/afii57666/afii57667/afii57668/afii57669/afii57670]>>>>";

#[test]
fn text_from_right_to_left_is_read_in_its_order() {
    // As on the page from left to right, and letter by letter from the right.
    let as_seen = at(50.0, 700.0, "H", 10.0, "fe 2.5 dcba");
    let word = |x: f64, word: &str| -> String {
        word.chars().enumerate().map(|(at_letter, c)| at(x - 5.0 * at_letter as f64, 680.0, "H", 10.0, &c.to_string())).collect()
    };
    let as_read = [word(200.0, "abcd"), word(175.0, "ef"), at(148.0, 680.0, "T", 10.0, "2.5"), word(140.0, "g")];
    let read = words(&Pdf::new().font("H", HEBREW).page(&(as_seen + &as_read.concat())).bytes());
    assert_eq!(read, "אבגד 2.5 הו אבגד הו 2.5 ז");
}

/// So many lines of prose, none like another.
fn prose(name: &str, count: usize) -> Vec<String> {
    (0..count).map(|line| format!("{name}{line} of the harbour board was told")).collect()
}

fn column(x: f64, lines_of: &[String]) -> String {
    lines(x, 700.0, &lines_of.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn columns_are_read_down_up_to_the_last_short_page() {
    for count in 2..=4 {
        let columns: Vec<Vec<String>> = (0..count).map(|at| prose(&format!("Day{at}"), 9)).collect();
        // Row by row, as some producers draw.
        let by_rows: String = (0..9)
            .flat_map(|row| columns.iter().enumerate().map(move |(x, column)| (row, x, column[row].clone())))
            .map(|(row, x, text)| at(20.0 + 145.0 * x as f64, 700.0 - 14.0 * row as f64, "T", 8.0, &text))
            .collect();
        let by_columns: String = columns.iter().enumerate().map(|(x, of)| column(20.0 + 190.0 * x as f64, of)).collect();
        for page in [by_rows].into_iter().chain((count < 4).then_some(by_columns)) {
            assert_eq!(words(&Pdf::of(&page).bytes()), columns.concat().join(" "), "{count} columns");
        }
    }
    let (left, right) = (prose("Left", 9), prose("Right", 9));
    let (more, rest) = (prose("More", 7), prose("Rest", 2));
    let pdf = Pdf::of(&(column(20.0, &left) + &column(190.0, &right))).page(&(column(20.0, &more) + &column(190.0, &rest)));
    assert_eq!(words(&pdf.bytes()), [left, right, more, rest].concat().join(" "));
}

#[test]
fn captions_and_notes_part_no_sentence() {
    let left = [
        "The board met on the pier in the",
        "winter of the flood, and then it",
        "was told that all of the berths",
        "were closed by the storm. It was",
        "late, and the clerk had to leave",
    ];
    let right = [
        "before the vote was taken by all",
        "of its members on the next day,",
        "which was a Monday. The vote was",
        "for a new pier, and the cost was",
        "four million crowns for the town.",
    ];
    let note = at(20.0, 600.0, "T", 7.0, "1 See the report of the clerk.");
    let caption = at(20.0, 615.0, "T", 10.0, "Figure 2: The pier in winter.");
    let page = lines(20.0, 700.0, &left) + &note + &caption + &lines(200.0, 700.0, &right);
    let read = words(&Pdf::of(&page).bytes());
    assert!(read.contains("and the clerk had to leave before the vote was taken by all of its members"), "{read}");
    assert!(read.contains("Figure 2: The pier in winter.") && read.contains("See the report of the clerk."), "{read}");
}

#[test]
fn numbers_of_lines_are_no_text_and_numbers_of_rows_are() {
    let text = prose("Answer", 12);
    let numbers = |gap: f64| -> String {
        (1..=12).map(|n| at(if n > 9 { 45.0 } else { 50.0 }, 700.0 - gap * f64::from(n - 1), "T", 10.0, &n.to_string())).collect()
    };
    assert_eq!(words(&Pdf::of(&(numbers(14.0) + &column(70.0, &text))).bytes()), text.join(" "));
    // Two numbers for each line of the text, and text for some.
    assert_eq!(words(&Pdf::of(&(numbers(28.0) + &column(70.0, &text[..7]))).bytes()), text[..7].join(" "));
    // A number and its line drawn together.
    let together: String = text
        .iter()
        .enumerate()
        .map(|(n, line)| {
            let y = 700.0 - 14.0 * n as f64;
            at(if n > 8 { 45.0 } else { 50.0 }, y, "T", 10.0, &(n + 1).to_string()) + &at(66.0, y, "T", 10.0, line)
        })
        .collect();
    assert_eq!(words(&Pdf::of(&together).bytes()), text.join(" "));
    // Every fifth line.
    let fifth: String = (1..=3).map(|n| at(560.0, 714.0 - 70.0 * f64::from(n), "T", 10.0, &(5 * n).to_string())).collect();
    let long = prose("Answer of a witness that is long and", 16);
    assert_eq!(words(&Pdf::of(&(column(70.0, &long) + &fifth)).bytes()), long.join(" "));

    let ranks =
        at(40.0, 714.0, "T", 10.0, "Rank") + &at(120.0, 714.0, "T", 10.0, "Port") + &at(220.0, 714.0, "T", 10.0, "Tonnes");
    let rows: String = (1..=12)
        .map(|n| {
            let y = 700.0 - 14.0 * f64::from(n - 1);
            at(120.0, y, "T", 10.0, &format!("Port{n}")) + &at(220.0, y, "T", 10.0, &format!("{n},100"))
        })
        .collect();
    let read = words(&Pdf::of(&(ranks + &numbers(14.0) + &rows)).bytes());
    assert!(read.contains("7 Port7 7,100"), "{read}");
}

#[test]
fn heads_with_changing_numbers_are_no_text() {
    let mut pdf = Pdf::new();
    for page in 0..4 {
        let head =
            if page % 2 == 0 { format!("{} Harbour Board", 61877 + page) } else { format!("Harbour Board {}", 61877 + page) };
        let body = prose(["Ada", "Bea", "Cor", "Dan"][page], 6);
        pdf = pdf.page(
            &(at(50.0, 760.0, "T", 9.0, &head)
                + &column(50.0, &body)
                + &at(300.0, 30.0, "T", 9.0, &format!("Page {}", page + 1))),
        );
    }
    let read = words(&pdf.bytes());
    assert!(!read.contains("Board") && !read.contains("Page") && read.contains("Dan5 of"), "{read}");
}

#[test]
fn letters_of_drawn_fonts_have_their_size() {
    let mut pdf = Pdf::new();
    let letter = pdf.stream("", "500 0 0 0 40 60 d1 0 0 40 60 re f");
    let font = format!(
        "<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/FontBBox[0 0 0 0]/FirstChar 97/LastChar 99/Widths[44 44 44]/CharProcs<</a {letter} 0 R/b {letter} 0 R/c {letter} 0 R>>/Encoding<</Differences[97/a/b/c]>>>>"
    );
    let pdf = pdf.font("D", &font).page("BT /D 0.12 Tf 50 700 Td (abc) Tj 22 0 Td (cab) Tj ET");
    assert_eq!(words(&pdf.bytes()), "abc cab");
}

#[test]
fn what_repeats_at_the_edge_is_text_if_it_reads_like_it() {
    // Two pages end alike, close under the rest or behind a gap.
    for gap in [14.0, 24.0] {
        let end = at(50.0, 700.0 - 14.0 * 6.0 - gap, "T", 10.0, "it was sold for 1,100 crowns.");
        let pages = ["Ada", "Bea"].map(|name| column(50.0, &prose(name, 7)) + &end);
        let read = words(&Pdf::of(&pages[0]).page(&pages[1]).bytes());
        assert_eq!(read.matches("it was sold for 1,100 crowns.").count(), 2, "{read}");
    }
    // Heads of two pages that stand apart.
    let pages = ["Ada", "Bea"].map(|name| at(50.0, 760.0, "T", 10.0, "Harbour Board 2024") + &column(50.0, &prose(name, 7)));
    let read = words(&Pdf::of(&pages[0]).page(&pages[1]).bytes());
    assert!(!read.contains("Board 2024"), "{read}");
}

#[test]
fn numbers_in_the_first_and_last_rows_of_pages_are_cells() {
    let row = |y: f64, cells: [&str; 3]| -> String {
        cells.iter().enumerate().map(|(x, cell)| at(50.0 + 120.0 * x as f64, y, "T", 10.0, cell)).collect()
    };
    let page = |first: &str, number: &str| {
        row(700.0, ["Port", "2019", "2020"])
            + &row(686.0, [first, "1100", "870"])
            + &row(672.0, ["Hollin", "455", "1242"])
            + &at(300.0, 30.0, "T", 10.0, number)
    };
    let read = words(&Pdf::of(&page("Velsk", "17")).page(&page("Orrin", "18")).bytes());
    assert_eq!(read, "Port 2019 2020 Velsk 1100 870 Hollin 455 1242 Port 2019 2020 Orrin 1100 870 Hollin 455 1242");
    // A number beside a head that changes counts the pages.
    let page = |head: &str, number: &str, name: &str| {
        at(50.0, 760.0, "T", 9.0, head) + &at(500.0, 760.0, "T", 9.0, number) + &column(50.0, &prose(name, 7))
    };
    let read = words(&Pdf::of(&page("Floods", "31", "Ada")).page(&page("Storms", "32", "Bea")).bytes());
    assert!(!read.contains("31") && !read.contains("32") && read.contains("Floods"), "{read}");
}

#[test]
fn a_wide_space_in_a_line_leaves_the_next_ones_whole() {
    let before = ["The mayor declined to comment on it, and the", "board that had been told of all the cost and"];
    let after = ["clerk of the court was told of the insur-", "ance, and he"];
    // A line is set so wide that its last word stands apart.
    let wide = at(50.0, 672.0, "T", 10.0, "of the foundations.") + &at(205.0, 672.0, "T", 10.0, "The");
    let page = lines(50.0, 700.0, &before) + &wide + &lines(50.0, 658.0, &after);
    let read = words(&Pdf::of(&page).bytes());
    assert!(read.ends_with("of the foundations. The clerk of the court was told of the insurance, and he"), "{read}");
}

#[test]
fn cells_of_several_lines_are_whole() {
    let row = |y: f64, cells: [&str; 3]| -> String {
        let cells = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        cells.map(|(x, cell)| at(50.0 + 130.0 * x as f64, y, "T", 10.0, cell)).collect()
    };
    let table = [
        ["Wish", "Answer", "State"],
        ["The wall should be", "Accepted if the port", "Work began on the"],
        ["underpinned before", "pays its share of all", "northern half in Novem-"],
        ["the storms", "", "ber"],
        ["No vessel above 400", "Rejected as a burden", "Two vessels of over"],
        ["tonnes should come", "for the trade", "600 tonnes were seen"],
        ["The soundings should", "Accepted, but without", "One was made by some"],
        ["be made each season", "any money for it", "volunteers in May"],
    ];
    let page: String = table.iter().enumerate().map(|(at, cells)| row(700.0 - 14.0 * at as f64, *cells)).collect();
    let read = words(&Pdf::of(&page).bytes());
    for cell in [
        "The wall should be underpinned before the storms",
        "Accepted if the port pays its share of all",
        "northern half in November",
        "No vessel above 400 tonnes should come",
        "Two vessels of over 600 tonnes were seen",
        "The soundings should be made each season",
    ] {
        assert!(read.contains(cell), "{cell}: {read}");
    }
}

#[test]
fn narrow_columns_are_read_down() {
    // Sentences begin in other lines in each column.
    let words_of = |name: &str, count: usize, first: usize| -> Vec<String> {
        let line = |line: usize| {
            if line % 4 == first { format!("The old {name} {line}") } else { format!("and all of the {name} {line}") }
        };
        (0..count).map(line).collect()
    };
    let columns = [("ferry", 0), ("quay", 1), ("lock", 2)].map(|(name, first)| words_of(name, 14, first));
    let page: String = columns.iter().enumerate().map(|(x, of)| column(50.0 + 120.0 * x as f64, of)).collect();
    assert_eq!(words(&Pdf::of(&page).bytes()), columns.concat().join(" "));
    // Of the last page's columns one has only a few lines.
    let (left, right) = (words_of("mast", 14, 3), words_of("sail", 4, 3));
    let last = column(50.0, &left) + &column(170.0, &right);
    let read = words(&Pdf::of(&page).page(&last).bytes());
    assert!(read.ends_with(&[left, right].concat().join(" ")), "{read}");
}

#[test]
fn signs_below_each_other_are_lines_that_run_downwards() {
    let song = "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/UniJIS-UTF16-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000>>]>>";
    let columns = ["港は年に開かれ船を迎えた", "冬は厳しく氷の厚さが増し"];
    let mut page = String::new();
    for (at_column, text) in columns.iter().enumerate() {
        let x = 300.0 - 20.0 * at_column as f64;
        // The number in the first column lies on its side, behind its second sign.
        for (at_sign, sign) in text.encode_utf16().enumerate() {
            let y = 700.0 - 12.0 * at_sign as f64 - if at_column == 0 && at_sign > 1 { 26.0 } else { 0.0 };
            let _ = writeln!(page, "BT /S 12 Tf {x} {y} Td <{sign:04X}> Tj ET");
            if at_column == 0 && at_sign == 1 {
                let _ = writeln!(page, "BT /T 12 Tf 0 -1 1 0 {} {} Tm (1987) Tj ET", x + 2.0, y - 2.0);
            }
        }
    }
    let read = words(&Pdf::new().font("S", song).page(&page).bytes());
    assert_eq!(read.replace(' ', ""), "港は1987年に開かれ船を迎えた冬は厳しく氷の厚さが増し");
}

#[test]
fn accents_wider_than_their_letters_and_raised_letters_of_full_size_belong_to_them() {
    let set = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/FirstChar 1/LastChar 1/Widths[750]/FontDescriptor<</Type/FontDescriptor/FontName/Times-Roman/Flags 4>>/Encoding<</Differences[1/ring]>>>>";
    let page = "BT /T 12 Tf 50 700 Td (H) Tj /L 12 Tf 7.2 0 Td <01> Tj /T 12 Tf 1.8 0 Td (akan came.) Tj ET\n".to_owned()
        + &at(50.0, 680.0, "T", 12.0, "On the 19")
        + &at(97.0, 686.0, "T", 11.5, "th")
        + &at(110.0, 680.0, "T", 12.0, "of May.");
    let read = words(&Pdf::new().font("L", set).page(&page).bytes());
    assert_eq!(read, "Håkan came. On the 19th of May.");
}

#[test]
fn letters_drawn_with_the_units_of_a_font_have_its_size() {
    let mut pdf = Pdf::new();
    let letter = pdf.stream("", "640 0 0 0 500 700 d1 0 0 500 700 re f");
    let font = format!(
        "<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[-800 -400 2200 1200]/FirstChar 97/LastChar 99/Widths[640 640 640]/CharProcs<</a {letter} 0 R/b {letter} 0 R/c {letter} 0 R>>/Encoding<</Differences[97/a/b/c]>>>>"
    );
    let pdf = pdf.font("D", &font).page("BT /D 10 Tf 50 700 Td (abc) Tj 21.2 0 Td (cab) Tj ET");
    assert_eq!(words(&pdf.bytes()), "abc cab");
}

#[test]
fn tight_spaces_part_words_where_no_space_is_drawn() {
    let page =
        "BT /T 10 Tf 50 700 Td [(The) -130 (board) -125 (of) -130 (the) -128 (harbour) -130 (met) -60 (s) -130 (today.)] TJ ET";
    assert_eq!(words(&Pdf::of(page).bytes()), "The board of the harbour mets today.");
    // Dots that lead to a number stand apart by themselves.
    let dots = "(.) -400 ".repeat(30);
    let page = format!("BT /T 10 Tf 50 700 Td [(Modern) -250 (and) -250 (ancient) -250 (spelling) -300 {dots}(16)] TJ ET");
    let read = words(&Pdf::of(&page).bytes());
    assert!(read.starts_with("Modern and ancient spelling") && read.ends_with("16"), "{read}");
    // Short words, and a heading that is set wide.
    let page = "BT /T 10 Tf 50 700 Td [(ab) -250 (c) -250 (de) -250 (f) -250 (gh)] TJ ET";
    assert_eq!(words(&Pdf::of(page).bytes()), "ab c de f gh");
    let page = "BT /T 10 Tf 3 Tc 50 700 Td (HARBOUR) Tj 3 0 Td 0 Tc /T 10 Tf 95 0 Td 3 Tc (REPORT) Tj ET";
    assert_eq!(words(&Pdf::of(page).bytes()), "HARBOUR REPORT");
    // Where spaces are drawn such gaps are loose letters.
    let page = "BT /T 10 Tf 50 700 Td [(The bo) -130 (ard of the harbour met.)] TJ ET";
    assert_eq!(words(&Pdf::of(page).bytes()), "The board of the harbour met.");
}

#[test]
fn a_raised_letter_inside_a_word_is_part_of_it() {
    let page = "BT /T 12 Tf 50 700 Td (LuaL) Tj -3 0 Td /T 8 Tf 28 3 Td (A) Tj /T 12 Tf 5.5 -3 Td (TEX was used.) Tj ET";
    assert_eq!(words(&Pdf::of(page).bytes()), "LuaLATEX was used.");
}

#[test]
fn lines_far_from_each_other_are_text_though_they_repeat() {
    let page = |name: &str, number: usize| -> String {
        let line = |line: usize| at(50.0, 700.0 - 30.0 * line as f64, "T", 12.0, &format!("The {name} of berth {line}"));
        (0..5).map(line).collect::<String>() + &at(50.0, 550.0, "T", 12.0, &format!("Printing line number {number}"))
    };
    let read = words(&Pdf::of(&page("ferry", 25)).page(&page("tug", 50)).bytes());
    assert!(read.contains("line number 25") && read.contains("line number 50"), "{read}");
}

#[test]
fn letters_that_stand_over_others_are_words_of_their_own() {
    let page = at(50.0, 700.0, "T", 12.0, "berth ") + &at(50.0, 698.2, "T", 12.0, "D-1 was found");
    let read = words(&Pdf::of(&page).bytes());
    assert!(read.contains("berth") && read.contains("D-1") && !read.contains("berthD"), "{read}");
}

#[test]
fn what_is_said_of_unknown_glyphs_is_their_text() {
    let mut pdf = Pdf::new();
    let letter = pdf.stream("", "500 0 0 0 400 600 d1 0 0 400 600 re f");
    let secret = format!(
        "<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 0 500 700]/FirstChar 65/LastChar 67/Widths[500 500 500]/CharProcs<</x1 {letter} 0 R/x2 {letter} 0 R/x3 {letter} 0 R>>/Encoding<</Differences[65/x1/x2/x3]>>>>"
    );
    let page = "BT /T 12 Tf 50 700 Td (The fine is ) Tj /S 12 Tf /Span <</ActualText (1,100)>> BDC (ABC) Tj EMC /T 12 Tf ( crowns.) Tj ET\n\
        BT /T 12 Tf 50 680 Td /Span <</ActualText (Nothing)>> BDC (It was paid.) Tj EMC ET";
    let source = read(&pdf.font("S", &secret).page(page).bytes());
    assert_eq!(readable(&source.layout.visible), "The fine is 1,100 crowns. It was paid.");
    assert!(source.notices.is_empty(), "{:?}", source.notices);
}

#[test]
fn a_page_is_not_all_head_and_foot() {
    let names = ["Baseline", "left", "middle", "right", "top", "bottom"];
    let page: String = names.iter().enumerate().map(|(x, name)| at(30.0 + 90.0 * x as f64, 700.0, "T", 10.0, name)).collect();
    let mut pdf = Pdf::new();
    for _ in 0..5 {
        pdf = pdf.page(&page);
    }
    assert_eq!(words(&pdf.bytes()).matches("Baseline").count(), 5);
}

#[test]
fn text_under_scans_is_read_however_it_is_placed() {
    // Stretched word by word, in one matrix with its place, and before the picture.
    let layers = [
        "/I Do BT 3 Tr /T 12 Tf 93 Tz 50 700 Td (The ) Tj 107 Tz 22 0 Td (pier was ) Tj 88 Tz 48 0 Td (closed.) Tj ET",
        "q 600 0 0 800 0 0 cm /I Do Q BT 3 Tr 1 0 0 1 50 700 Tm /T 12 Tf [(The pier) -250 (was) -250 (closed.)] TJ ET",
        "BT /T 1 Tf 3 Tr 11 0 0 12 50 700 Tm (The pier was) Tj 1 0 0 1 0 0 Tm 11 0 0 12 114 700 Tm (closed.) Tj ET /I Do",
    ];
    for layer in layers {
        let mut pdf = Pdf::new();
        let picture = pdf.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "a");
        let source = read(&pdf.page_with(layer, &format!("/XObject<</I {picture} 0 R>>"), "").bytes());
        assert_eq!(readable(&source.layout.visible), "The pier was closed.", "{layer}");
        assert!(source.notices.is_empty(), "{:?}", source.notices);
    }
}

#[test]
fn fonts_that_tell_no_widths_keep_their_words() {
    let fonts = [
        "<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Unheard-Of/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Times-Bold/FirstChar 32/Widths[]>>",
    ];
    for font in fonts {
        let page = at(50.0, 700.0, "W", 12.0, "All will pay 1,100 crowns for the swimming pool.");
        let read = words(&Pdf::new().font("W", font).page(&page).bytes());
        assert_eq!(read, "All will pay 1,100 crowns for the swimming pool.", "{font}");
    }
}

#[test]
fn figures_between_columns_part_no_sentence() {
    let (left, right) = (prose("left", 12), prose("right", 12));
    let half = |lines_of: &[String], x: f64, y: f64| -> String {
        lines_of.iter().enumerate().map(|(at_line, text)| at(x, y - 14.0 * at_line as f64, "T", 10.0, text)).collect()
    };
    // A caption at the foot of the left column, at the head of the right one, and over both.
    for (x, y, gap) in [(20.0, 520.0, 0.0), (220.0, 730.0, 0.0), (20.0, 740.0, 20.0)] {
        let caption = at(x, y, "T", 8.0, "Figure 1: The pier in winter, before the fire.");
        let page = caption + &half(&left, 20.0, 700.0 - gap) + &half(&right, 220.0, 700.0 - gap);
        let read = words(&Pdf::of(&page).bytes());
        let (last, first) = (left.last().expect("a line"), right.first().expect("a line"));
        assert!(read.contains(&format!("{last} {first}")), "{read}");
        assert!(read.contains("Figure 1: The pier in winter, before the fire."), "{read}");
    }
}
