//! `Edm.Date`, `Edm.TimeOfDay` and `Edm.DateTimeOffset`.

use super::ParseError;
use super::json::json_text;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

const SECONDS_PER_DAY: i64 = 86_400;
pub(super) const NANOS_PER_SECOND: u64 = 1_000_000_000;

/// `Edm.Date`: a calendar date.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// A date, if it exists.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        let exists = (1..=last).contains(&day) && (0..=9999).contains(&year);
        exists.then_some(Date { year, month, day })
    }

    /// Year, month, day.
    pub const fn year_month_day(self) -> (i32, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// Days since 1970-01-01. Years begin in March here, so that the leap day is a year's last.
    fn days_since_epoch(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year - era * 400;
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
            - 719_468
    }

    /// The reverse of [`Date::days_since_epoch`].
    fn from_days_since_epoch(days: i64) -> Self {
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days - era * 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        Date {
            year: (year_of_era + era * 400 + i64::from(month <= 2)) as i32,
            month: month as u8,
            day: (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8,
        }
    }
}

impl FromStr for Date {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse_date(text.as_bytes()).ok_or(ParseError)
    }
}

fn parse_date(text: &[u8]) -> Option<Date> {
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    Date::new(
        digits(&text[..4])? as i32,
        digits(&text[5..7])? as u8,
        digits(&text[8..])? as u8,
    )
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}

/// `Edm.TimeOfDay`: a clock time. Keeps the number of fractional digits it came with.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TimeOfDay {
    nanos: u64,
    fraction_digits: u8,
}

impl TimeOfDay {
    /// Nanoseconds since midnight.
    pub const fn nanos(self) -> u64 {
        self.nanos
    }
}

impl FromStr for TimeOfDay {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse_time(text.as_bytes()).ok_or(ParseError)
    }
}

fn parse_time(text: &[u8]) -> Option<TimeOfDay> {
    if text.len() < 8 || text[2] != b':' || text[5] != b':' {
        return None;
    }
    let hour = digits(&text[..2])?;
    let minute = digits(&text[3..5])?;
    let second = digits(&text[6..8])?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction_nanos, fraction_digits) = match text.get(8) {
        None => (0, 0),
        Some(b'.') => fraction(&text[9..])?,
        Some(_) => return None,
    };
    let seconds = u64::from(hour * 3600 + minute * 60 + second);
    Some(TimeOfDay {
        nanos: seconds * NANOS_PER_SECOND + u64::from(fraction_nanos),
        fraction_digits,
    })
}

/// Fraction of a second in nanoseconds, and how many digits it was given with (1 to 9).
pub(super) fn fraction(text: &[u8]) -> Option<(u32, u8)> {
    let nanos = digits(text)? * 10u32.pow(9 - text.len() as u32);
    Some((nanos, text.len() as u8))
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.nanos / NANOS_PER_SECOND;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(formatter, "{hour:02}:{minute:02}:{second:02}")?;
        if self.fraction_digits == 0 {
            return Ok(());
        }
        let shown = 10u64.pow(9 - u32::from(self.fraction_digits));
        let fraction = self.nanos % NANOS_PER_SECOND / shown;
        let width = usize::from(self.fraction_digits);
        write!(formatter, ".{fraction:0width$}")
    }
}

/// `Edm.DateTimeOffset`: an instant with its offset from UTC. Keeps the offset and the number of
/// fractional digits it came with; compared as an instant.
#[derive(Clone, Copy)]
pub struct DateTimeOffset {
    seconds: i64,
    nanos: u32,
    offset_minutes: i16,
    fraction_digits: u8,
    /// Written as `Z` and not as `+00:00`.
    utc: bool,
}

impl DateTimeOffset {
    /// The instant so many seconds after 1970-01-01T00:00:00Z.
    pub const fn from_unix(seconds: i64) -> Self {
        DateTimeOffset {
            seconds,
            nanos: 0,
            offset_minutes: 0,
            fraction_digits: 0,
            utc: true,
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z, and nanoseconds.
    pub const fn unix(self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }

    /// Offset from UTC in minutes.
    pub const fn offset_minutes(self) -> i16 {
        self.offset_minutes
    }
}

impl PartialEq for DateTimeOffset {
    fn eq(&self, other: &Self) -> bool {
        self.unix() == other.unix()
    }
}

impl Eq for DateTimeOffset {}

impl PartialOrd for DateTimeOffset {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTimeOffset {
    fn cmp(&self, other: &Self) -> Ordering {
        self.unix().cmp(&other.unix())
    }
}

impl Hash for DateTimeOffset {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.unix().hash(hasher);
    }
}

impl FromStr for DateTimeOffset {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse_date_time(text.as_bytes()).ok_or(ParseError)
    }
}

fn parse_date_time(text: &[u8]) -> Option<DateTimeOffset> {
    if text.len() < 20 || !matches!(text[10], b'T' | b't') {
        return None;
    }
    let (time, offset_minutes, utc) = match text.split_last()? {
        (b'Z' | b'z', before) => (&before[11..], 0, true),
        _ => {
            let (before, offset) = text.split_at(text.len() - 6);
            (before.get(11..)?, parse_offset(offset)?, false)
        }
    };
    let date = parse_date(&text[..10])?;
    let time = parse_time(time)?;
    let local = date.days_since_epoch() * SECONDS_PER_DAY + (time.nanos / NANOS_PER_SECOND) as i64;
    Some(DateTimeOffset {
        seconds: local - i64::from(offset_minutes) * 60,
        nanos: (time.nanos % NANOS_PER_SECOND) as u32,
        offset_minutes,
        fraction_digits: time.fraction_digits,
        utc,
    })
}

/// Minutes of an offset such as `+05:30`.
fn parse_offset(text: &[u8]) -> Option<i16> {
    let sign = match text[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = digits(&text[1..3])? as i16;
    let minutes = digits(&text[4..])? as i16;
    if text[3] != b':' || hours > 14 || minutes > 59 {
        return None;
    }
    Some(sign * (hours * 60 + minutes))
}

impl fmt::Display for DateTimeOffset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.seconds + i64::from(self.offset_minutes) * 60;
        let date = Date::from_days_since_epoch(local.div_euclid(SECONDS_PER_DAY));
        let second_of_day = local.rem_euclid(SECONDS_PER_DAY) as u64;
        let time = TimeOfDay {
            nanos: second_of_day * NANOS_PER_SECOND + u64::from(self.nanos),
            fraction_digits: self.fraction_digits,
        };
        write!(formatter, "{date}T{time}")?;
        if self.utc {
            return formatter.write_str("Z");
        }
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let minutes = self.offset_minutes.abs();
        write!(formatter, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// The number that one to nine ASCII digits write.
pub(super) fn digits(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0u32, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

json_text!(Date);
json_text!(TimeOfDay);
json_text!(DateTimeOffset);
