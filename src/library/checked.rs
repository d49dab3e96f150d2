//! Values as bytes with a checksum, for what is kept on disk.

use serde::{Serialize, de::DeserializeOwned};

/// The checksum's length in bytes.
const HEAD: usize = 4;

/// A value as bytes (`postcard`), behind their CRC-32.
#[must_use]
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    // Nothing that is kept holds what cannot be serialised.
    let mut bytes = postcard::to_extend(value, vec![0; HEAD]).unwrap_or_default();
    let sum = crc32fast::hash(bytes.get(HEAD..).unwrap_or_default());
    if let Some(head) = bytes.get_mut(..HEAD) {
        head.copy_from_slice(&sum.to_le_bytes());
    }
    bytes
}

/// Why bytes are no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// They are not what was written.
    Damaged,
    /// They are something else, such as what another version wrote.
    Other,
}

/// The value that was written.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unusable> {
    let (head, body) = bytes.split_at_checked(HEAD).ok_or(Unusable::Damaged)?;
    if head != crc32fast::hash(body).to_le_bytes() {
        return Err(Unusable::Damaged);
    }
    postcard::from_bytes(body).map_err(|_| Unusable::Other)
}
