//! Zip archives, in which office formats lie, read within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;

/// How much larger than the file its parts may be in all. Prose in XML unpacks to ten times its
/// size, bombs to a thousand times.
const LARGEST_RATIO: u64 = 100;

/// Small files may unpack to this many bytes whatever the ratio.
const ALWAYS_ALLOWED: u64 = 4 << 20;

pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        // Office files with a password are no archives but compound files.
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(ReadError::Encrypted);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Broken("it is no whole archive".to_owned()))?;
        Ok(Self { zip, left: (bytes.len() as u64).saturating_mul(LARGEST_RATIO).max(ALWAYS_ALLOWED) })
    }

    /// A part by its name; `None` if there is none.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let broken = |_| ReadError::Broken(format!("its part {name} cannot be unpacked"));
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(ReadError::Encrypted),
            Err(error) => return Err(ReadError::Broken(format!("its part {name} cannot be unpacked: {error}"))),
        };
        let mut bytes = Vec::new();
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(broken)?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(ReadError::TooMuch)?;
        Ok(Some(super::charset::decode(&bytes)))
    }

    /// A part without which the file is nothing.
    pub fn needed(&mut self, name: &str) -> Result<String, ReadError> {
        self.part(name)?.ok_or_else(|| ReadError::Broken(format!("it has no part {name}")))
    }
}
