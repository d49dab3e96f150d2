//! The time of day. Only what people date asks for it: no finding depends on it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;

/// Now, in words: `2026-12-01 at 09:30 UTC`; or the time that `SOURCE_DATE_EPOCH` gives (reproducible-builds.org), for what is
/// to be made twice alike.
#[must_use]
pub fn now() -> Option<String> {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let now = given.map_or_else(SystemTime::now, |seconds| UNIX_EPOCH + Duration::from_secs(seconds));
    let seconds = now.duration_since(UNIX_EPOCH).ok()?.as_secs();
    let now = OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()?;
    Some(format!("{} at {:02}:{:02} UTC", now.date(), now.hour(), now.minute()))
}
