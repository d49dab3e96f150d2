//! What pages show, hide and say of themselves.

use super::super::{Body, Content, Metadata};
use super::{read, tree::Tree};
use crate::source::rendition::Rendition;
use crate::text::blocks::BlockKind;
use crate::text::words::readable;

fn shown(text: &str) -> Vec<(BlockKind, String)> {
    let Content { body: Body::Rendition(rendition), .. } = read(text) else { return Vec::new() };
    let (_, layout, _) = rendition.finish("a.html", &Metadata::default());
    layout.blocks.iter().map(|b| (b.kind, readable(b.span.of(&layout.visible)))).collect()
}

fn words(text: &str) -> String {
    shown(text).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" / ")
}

#[test]
fn tags_part_no_words_but_spaces_and_breaks_do() {
    let text =
        "<p><b>Mon</b>day<i>.</i> <a>One</a> <a>two</a><br>three<sup><a role=doc-noteref>4</a></sup>.<br><br>500<sup>1</sup></p>";
    assert_eq!(words(text), "Monday. One two three. / 500 1");
}

#[test]
fn what_the_page_hides_is_never_visible() {
    let hidden = [
        "<p style='display: none'>secret</p>",
        "<p hidden>secret</p>",
        "<div style='visibility:hidden'><p>secret</p></div>",
        "<span style='font-size:0'>secret</span>",
        "<p style='font:0/0 a'>secret</p>",
        "<style>.x, .y{color:red;display:none}</style><p class='z y'>secret</p>",
        "<style>@media screen { .q { display:none } }</style><p class=q>secret</p>",
        "<style>@media (min-width:900px) { .q { display:none } }</style><p class=q>secret</p>",
        "<style>p{display:block} .q{display:none} p{display:block}</style><p class=q>secret</p>",
        "<style>.q{display:none!important}</style><p class=q style='display:block'>secret</p>",
        "<style>div:has(> b) p{display:none}</style><div><b></b><p>secret</p></div>",
        "<style>@layer a{.q{display:block}} .q{display:none}</style><p class=q>secret</p>",
        "<style>.a{ & p{display:none} }</style><div class=a><p>secret</p></div>",
        "<style>div p:not(.seen):nth-child(2n+1 ){opacity:0}</style><div><p>secret</p></div>",
        "<style>/* } */ .x::before{content:'}'} .q{opacity:0}</style><p class=q>secret</p>",
        "<style>.md\\:q{display:none}</style><p class='md:q'>secret</p>",
        "<div style='opacity:.2'><p style='opacity:.1'>secret</p></div>",
        "<div style='font-size:10px'><p style='font-size:.1em'>secret</p></div>",
        "<p style='color:#fff'>secret</p>",
        "<p><font color=white>secret</font></p>",
        "<p style='background:#123456;color:rgb(18,52,86)'>secret</p>",
        "<p style='color:transparent'>secret</p>",
        "<script>secret</script>",
        "<!-- secret -->",
        "<template><p>secret</p></template>",
        "<p style='position:absolute;left:-9999px'>secret</p>",
        "<p style='text-indent:-9999px'>secret</p>",
        "<p style='position:absolute;clip:rect(0,0,0,0)'>secret</p>",
        "<p style='clip-path:inset(50%)'>secret</p>",
        "<p style='height:0;overflow:hidden'>secret</p>",
        "<p style='transform:scale(0)'>secret</p>",
        "<dialog>secret</dialog>",
        "<textarea>secret</textarea>",
        "<svg><title>secret</title><defs><text>secret</text></defs></svg>",
        "<b><div style='display:none'></b>secret</div>",
        "<span hidden><div></span>secret</div></span>",
        "<p><font style='visibility:hidden'>a<p>secret</font></p>",
    ];
    for html in hidden {
        let text = format!("<body>{html}<p>open</p>");
        assert!(!words(&text).contains("secret") && words(&text).contains("open"), "{html}: {}", words(&text));
    }
}

#[test]
fn what_a_browser_shows_is_visible() {
    let visible = [
        "<style>.x{backface-visibility:hidden}</style><p class=x>seen</p>",
        "<style>.a > .x{display:none}</style><p class=x>seen</p>",
        "<style>.x{display:none} p.x{display:block}</style><p class=x>seen</p>",
        "<style>.x{display:none}</style><p class=x style='display:block'>seen</p>",
        "<style>@media print{.x{display:none}} @media (max-width:600px){.x{display:none}}</style><p class=x>seen</p>",
        "<style>@media (max-width:1400px){.x{display:none}}</style><p class=x>seen</p>",
        "<style>.x{display:none} .x:is(p){display:block}</style><p class=x>seen</p>",
        "<style>.x::before,.x:hover{display:none}</style><p class=x>seen</p>",
        "<style>@keyframes a{from{opacity:0}} @font-face{}</style><p class=x>seen</p>",
        "<style>.x, .y:bogus(1){display:none}</style><p class=x>seen</p>",
        "<style>x-p:not(:defined){display:none}</style><x-p>seen</x-p>",
        "<div style='visibility:hidden'><p style='visibility:visible'>seen</p></div>",
        "<div style='font-size:0'><p style='font-size:16px'>seen</p></div>",
        "<p style='font-size:.9em'>seen</p>",
        "<p style='font-size:calc(1px * 0)'>seen</p>",
        "<p style='display:none;display:var(--x)'>seen</p>",
        "<p style='opacity:.5'>seen</p>",
        "<p style='width:0;height:0'>seen</p>",
        "<span style='width:0;overflow:hidden'>seen</span>",
        "<p style='clip:rect(0,0,0,0)'>seen</p>",
        "<div style='background:url(x)'><p style='color:#fff'>seen</p></div>",
        "<div style='background:#000'><p style='color:#fff'>seen</p></div>",
        "<link rel=stylesheet href=x.css><p style='color:#fff'>seen</p>",
        "<details><summary>more</summary><p>seen</p></details>",
        "<p aria-hidden=true>seen</p>",
        "<svg><title/></svg><p>seen</p>",
        "<svg><p>seen</p></svg>",
        "<svg><style/><foreignObject><p>seen</p></foreignObject></svg>",
        "<b hidden><p></b>seen</p>",
        "<p style='color:transparent;background:linear-gradient(red,blue);background-clip:text'>seen</p>",
    ];
    for html in visible {
        assert!(words(html).contains("seen"), "{html}: {}", words(html));
    }
}

#[test]
fn raised_text_is_part_of_a_word_or_a_mark() {
    let text = "<p>The 19<sup>th</sup> of CO<sub>2</sub> and 3 m<sup>2</sup>.<sup>[4]</sup> It spent 5,000<sup>5</sup> crowns<a href='#f'><sup>1</sup></a>, and 7<span style='vertical-align:super'>th</span>.</p>";
    assert_eq!(words(text), "The 19th of CO2 and 3 m2. It spent 5,000 5 crowns, and 7th.");
}

#[test]
fn rows_headers_and_navigation_are_told_apart() {
    use BlockKind::*;
    let text = "<nav>Home</nav><h2>Seats</h2><table><tr><th>List</th><th>Now</th></tr><tr><th>Union</th><td><p>71</p></td></tr></table><ul><li>one<li>two</ul>";
    let expected = [
        (Boilerplate, "Home"),
        (Heading, "Seats"),
        (TableHeader, "List Now"),
        (TableRow, "Union 71"),
        (ListItem, "one"),
        (ListItem, "two"),
    ];
    let shown: Vec<_> = shown(text).into_iter().map(|(kind, text)| (kind, text.replace(" |", ""))).collect();
    assert_eq!(shown, expected.map(|(k, t)| (k, t.to_owned())));
}

#[test]
fn metadata_from_the_head() {
    let Content { metadata, .. } = read(
        "<html lang=en><head><title>Mill closes &amp; reopens | The Valley Post</title><meta name=date content=2024-03-30><meta property='og:url' content='https://x.example/a'></head>",
    );
    assert_eq!(metadata.title.as_deref(), Some("Mill closes & reopens"));
    assert_eq!(metadata.publisher.as_deref(), Some("The Valley Post"));
    assert_eq!(metadata.date.as_deref(), Some("2024-03-30"));
    assert_eq!(metadata.url.as_deref(), Some("https://x.example/a"));
    assert_eq!(metadata.lang.as_deref(), Some("en"));
}

#[test]
fn metadata_is_of_the_page_and_not_of_what_it_holds() {
    let article = "<title>Mill closes | Post</title><link rel=canonical href='https://post.example/mill'><h1>Mill closes</h1>";
    let graph = r#"<script type='application/ld+json'>{"@graph":[{"@type":"NewsArticle","headline":"Other news of the day","datePublished":"2001-01-01","url":"https://post.example/other"},{"@type":"NewsArticle","headline":"Mill closes","datePublished":"2024-03-30","mainEntityOfPage":{"@id":"https://post.example/mill"},"author":{"@id":"urn:a"}},{"@type":"Person","@id":"urn:a","name":"Ann Ode"}]}</script>"#;
    let metadata = |inside: &str| read(&format!("{article}{inside}<p>The mill closed.</p>")).metadata;
    let found = metadata(graph);
    assert_eq!((found.date.as_deref(), found.author.as_deref()), (Some("2024-03-30"), Some("Ann Ode")));
    let scoped = "<article itemscope itemtype='https://schema.org/NewsArticle'><span itemprop=headline>Mill closes</span><time itemprop=datePublished datetime='2024-03-30'>x</time><div itemprop=comment itemscope itemtype='https://schema.org/Comment'><meta itemprop=datePublished content=2024-05-05><meta itemprop=url content='https://c.example/'></div></article>";
    let found = metadata(scoped);
    assert_eq!((found.date.as_deref(), found.url.as_deref()), (Some("2024-03-30"), Some("https://post.example/mill")));
    let guessed =
        read(&format!("{article}<p>By Ann Ode | Published 13 January 2017</p><p>Ola was born on 3 May 1950.</p>")).guessed;
    assert_eq!(guessed.date.as_deref(), Some("2017-01-13"));
    let guessed = read(&format!("{article}<p>Ola was born on 3 May 1950.</p>")).guessed;
    assert_eq!(guessed.date, None);
}

#[test]
fn a_page_of_nothing_but_surroundings_says_so() {
    let Content { notices, .. } = read("<nav>Home</nav><div class=cookie>We bake.</div>");
    assert_eq!(notices, ["all its text looks like what stands around an article"]);
}

#[test]
fn a_page_that_waits_for_its_script_is_read() {
    for hiding in ["body{visibility:hidden!important}", "html{display:none}", "body{opacity:0}"] {
        let page = |head: &str| format!("<style>{hiding}</style>{head}<body><p>The mill closed.</p><p hidden>secret</p>");
        assert_eq!(words(&page("<script>show()</script>")), "The mill closed.", "{hiding}");
        assert_eq!(words(&page("<script type='application/ld+json'>{}</script>")), "", "{hiding}");
        let Content { notices, .. } = read(&page("<script>show()</script>"));
        assert_eq!(notices, ["it is hidden as a whole until a script runs, and read as if one had"]);
    }
}

#[test]
fn names_of_frames_around_an_article_do_not_make_it_boilerplate() {
    let prose = "The mill at Hollin closed on Monday after the board had voted for it, and eighty people lost their work in it. ";
    let link = format!("<p>{prose}</p>");
    for name in ["share-zone", "l-sidebar-fixed", "hcf-paywall", "modal-body", "teaser_blog", "has-ads", "promo"] {
        let page = format!(
            "<h1>Mill closes</h1><div class={name}><p>{prose}</p><p>{prose}</p></div><div class=comments>{}</div><div class={name}>{link}</div>",
            format!("<p>{prose}{prose}</p>").repeat(5)
        );
        let kinds: Vec<_> = shown(&page).into_iter().map(|(kind, _)| kind == BlockKind::Boilerplate).collect();
        assert_eq!(kinds[..4], [false, false, false, true], "{name}");
        assert_eq!(kinds.last(), Some(&(name != "has-ads" && name != "hcf-paywall")), "{name}");
    }
}

#[test]
fn names_that_hold_the_whole_page_do_not_make_it_boilerplate() {
    let text = "<form id=aspnetForm><div class=has-sidebar-nav><h1>Mill closes</h1><p>The mill closed on Monday, says the board.</p></div></form>";
    assert!(shown(text).iter().all(|(kind, _)| *kind != BlockKind::Boilerplate), "{:?}", shown(text));
}

#[test]
fn broken_and_deep_pages_are_read_to_the_end() {
    let deep = "<div>".repeat(200_000) + "deep" + &"</p></span>".repeat(1000);
    assert_eq!(shown(&deep).len(), 1);
    for text in
        ["<p", "<p a='", "&", "&#;", "&#x110000;", "a & b &notanentity; c", "</b></i>x", "<!--", "<style>{{{", "<style>(((("]
    {
        shown(text);
    }
    assert!(Tree::read("<b><p>").nodes.len() > 3);
    let mut rendition = Rendition::default();
    super::add("", &mut rendition);
}

#[test]
fn sheets_that_are_heeded_in_part_are_told_in_books_and_mails_too() {
    let page = format!("<style>{}{{display:none}}</style><p>The mill closed.</p>", "div ".repeat(100));
    let read = |path: &str, bytes: &[u8]| crate::source::read(path, bytes, &Default::default()).unwrap()[0].notices.clone();
    let book = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let package = "<package><manifest><item id='a' href='a.xhtml'/><item id='b' href='b.xhtml'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>";
        let container = "<container><rootfile full-path='a.opf'/></container>";
        for (name, text) in [("META-INF/container.xml", container), ("a.opf", package), ("a.xhtml", &page), ("b.xhtml", &page)] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let mail = format!("From: a@b.example\nSubject: Mill\nContent-Type: text/html\n\n{page}\n");
    for (path, bytes) in [("a.html", page.as_bytes()), ("a.epub", &book), ("a.eml", mail.as_bytes())] {
        assert_eq!(read(path, bytes), ["its style sheets are heeded in part, so that text which they hide may count"], "{path}");
    }
}
