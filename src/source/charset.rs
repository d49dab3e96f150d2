//! Bytes to text: byte order marks, then UTF-8, then the likeliest legacy encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// Decodes a file. What cannot be decoded becomes U+FFFD; a byte order mark is dropped.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    if let Some(text) = damaged_utf8(bytes) {
        return text;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Decodes what somebody says the encoding of, by a label of the Encoding Standard; as [`decode`] does where the label
/// is unknown.
pub fn decode_as(bytes: &[u8], label: &str) -> String {
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => decode(bytes),
    }
}

/// UTF-8 with a few wrong bytes. In a legacy encoding nearly every accent would be wrong.
fn damaged_utf8(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let wrong = text.matches('\u{fffd}').count();
    let right = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    (right >= 4 * wrong).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn common_encodings_are_recognised() {
        assert_eq!(decode("\u{feff}Vesk".as_bytes()), "Vesk");
        assert_eq!(decode(b"\xff\xfeV\0e\0"), "Ve");
        assert_eq!(decode(b"S\xc3\xb8ren \xc3\x85kesson, \xe2\x80\x9cyes\xe2\x80\x9d \xff"), "Søren Åkesson, “yes” \u{fffd}");
        assert_eq!(decode(b"caf\xe9 \x93open\x94 from eight until late"), "café “open” from eight until late");
    }
}
