//! What the HTML standard says of elements by their names.

use crate::text::blocks::BlockKind;

/// Elements without content (void elements).
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "track" | "wbr"
    )
}

/// Elements that may stand in a page's head, and do not open its body.
pub fn is_metadata(name: &str) -> bool {
    matches!(name, "base" | "link" | "meta" | "title" | "style" | "script" | "noscript" | "template")
}

/// Elements that end an open paragraph.
pub fn ends_paragraph(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "center"
                | "details"
                | "dialog"
                | "dir"
                | "div"
                | "dl"
                | "dd"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hgroup"
                | "hr"
                | "li"
                | "listing"
                | "main"
                | "menu"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "search"
                | "section"
                | "summary"
                | "table"
                | "ul"
        )
}

pub fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Elements that an end tag of another, ordinary one does not close.
pub fn is_special(name: &str) -> bool {
    ends_paragraph(name)
        || is_scope(name)
        || matches!(
            name,
            "body" | "button" | "colgroup" | "head" | "iframe" | "select" | "tbody" | "textarea" | "tfoot" | "thead" | "tr"
        )
}

/// Elements out of which no end tag reaches ("scope").
pub fn is_scope(name: &str) -> bool {
    matches!(name, "applet" | "caption" | "html" | "marquee" | "object" | "table" | "td" | "template" | "th" | "foreignobject")
}

/// Elements that go on in the next paragraph unless they were closed.
pub fn is_formatting(name: &str) -> bool {
    matches!(name, "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u")
}

/// Elements of HTML that end a picture or a formula in which they stand.
pub fn breaks_out(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "b" | "big"
                | "blockquote"
                | "body"
                | "br"
                | "center"
                | "code"
                | "dd"
                | "div"
                | "dl"
                | "dt"
                | "em"
                | "embed"
                | "head"
                | "hr"
                | "i"
                | "img"
                | "li"
                | "listing"
                | "menu"
                | "meta"
                | "nobr"
                | "ol"
                | "p"
                | "pre"
                | "ruby"
                | "s"
                | "small"
                | "span"
                | "strong"
                | "strike"
                | "sub"
                | "sup"
                | "table"
                | "tt"
                | "u"
                | "ul"
                | "var"
        )
}

/// Foreign elements whose content is HTML again.
pub fn is_integration_point(name: &str) -> bool {
    matches!(name, "foreignobject" | "desc" | "title" | "annotation-xml" | "mi" | "mo" | "mn" | "ms" | "mtext")
}

/// Elements whose content is never text of the page, whatever a style sheet says: code, fallbacks for old
/// browsers, and what a reader would type in.
pub fn is_never_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "title"
            | "textarea"
            | "select"
            | "datalist"
            | "iframe"
            | "object"
            | "noembed"
            | "noframes"
            | "audio"
            | "video"
            | "canvas"
            | "math-annotation"
            | "annotation"
            | "annotation-xml"
            | "rp"
    )
}

/// Parts of a picture that it does not draw.
pub fn is_undrawn(name: &str) -> bool {
    matches!(
        name,
        "title" | "desc" | "defs" | "metadata" | "symbol" | "style" | "script" | "clippath" | "mask" | "pattern" | "marker"
    )
}

/// The kind of the block that an element makes, if it makes one.
pub fn block_kind(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "li" | "dd" | "dt" => BlockKind::ListItem,
        "tr" => BlockKind::TableRow,
        "blockquote" => BlockKind::Quotation,
        "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "nav" | "ul" | "ol" | "dl" | "table"
        | "thead" | "tbody" | "tfoot" | "caption" | "figure" | "figcaption" | "pre" | "body" | "form" | "fieldset" | "hr"
        | "address" | "details" | "summary" | "center" | "dialog" | "menu" | "hgroup" | "search" | "legend" => {
            BlockKind::Paragraph
        }
        _ => return None,
    })
}
