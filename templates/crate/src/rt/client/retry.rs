//! When to repeat a request, and after how long.

use crate::rt::{Date, DateTimeOffset};
use http::{HeaderMap, Method, StatusCode, header};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Longest wait that a service can ask for.
const LONGEST: Duration = Duration::from_secs(300);

/// Whether the request may be sent again. A 429 was not processed; of the other answers nobody
/// knows, so only methods that may be repeated are.
pub(super) fn may_repeat(method: &Method, status: StatusCode) -> bool {
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => method.is_idempotent(),
        _ => false,
    }
}

/// How long to wait: as long as the answer says, otherwise longer each time.
pub(super) fn delay(headers: &HeaderMap, attempt: u32) -> Duration {
    let told = headers.get(header::RETRY_AFTER);
    let told = told
        .and_then(|value| value.to_str().ok())
        .and_then(|text| retry_after(text.trim(), SystemTime::now()));
    let backoff = Duration::from_millis(500) * 2u32.saturating_pow(attempt.min(10));
    told.unwrap_or(backoff).min(LONGEST)
}

/// Seconds, or a date such as `Wed, 21 Oct 2015 07:28:00 GMT`.
fn retry_after(text: &str, now: SystemTime) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = http_date(text)?;
    let now = now.duration_since(UNIX_EPOCH).ok()?;
    Some(then.saturating_sub(now))
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Time since 1970 of a date in the one form that HTTP still allows to be sent.
fn http_date(text: &str) -> Option<Duration> {
    let (_, text) = text.split_once(", ")?;
    let parts: Vec<&str> = text.split(' ').collect();
    let [day, month, year, time, "GMT"] = parts.as_slice() else {
        return None;
    };
    let month = MONTHS.iter().position(|name| name == month)? + 1;
    let date = Date::new(year.parse().ok()?, month as u8, day.parse().ok()?)?;
    let instant: DateTimeOffset = format!("{date}T{time}Z").parse().ok()?;
    let seconds = u64::try_from(instant.unix().0).ok()?;
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_seconds_are_understood() {
        let now = UNIX_EPOCH + Duration::from_secs(1_445_412_470);
        let date = "Wed, 21 Oct 2015 07:28:00 GMT";
        assert_eq!(retry_after("7", now), Some(Duration::from_secs(7)));
        assert_eq!(retry_after(date, now), Some(Duration::from_secs(10)));
        assert_eq!(retry_after("soon", now), None);
        let past = "Wed, 21 Oct 1970 07:28:00 GMT";
        assert_eq!(retry_after(past, now), Some(Duration::ZERO));
    }

    #[test]
    fn the_wait_grows_and_is_bounded() {
        let mut headers = HeaderMap::new();
        assert_eq!(delay(&headers, 0), Duration::from_millis(500));
        assert_eq!(delay(&headers, 2), Duration::from_secs(2));
        assert_eq!(delay(&headers, 30), LONGEST);
        headers.insert(header::RETRY_AFTER, http::HeaderValue::from_static("99999"));
        assert_eq!(delay(&headers, 0), LONGEST);
    }

    #[test]
    fn only_safe_repeats() {
        assert!(may_repeat(&Method::POST, StatusCode::TOO_MANY_REQUESTS));
        assert!(may_repeat(&Method::GET, StatusCode::SERVICE_UNAVAILABLE));
        assert!(!may_repeat(&Method::POST, StatusCode::SERVICE_UNAVAILABLE));
        assert!(!may_repeat(&Method::GET, StatusCode::BAD_GATEWAY));
    }
}
