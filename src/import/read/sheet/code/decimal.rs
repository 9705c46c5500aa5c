//! A number in the fifteen decimal digits that Excel counts with, so that it is rounded as Excel rounds it: 1.005 is 1.01
//! under `0.00`, though no binary number is 1.005.

/// Digits that are counted.
const DIGITS: usize = 15;

/// 0.d₁d₂d₃… · 10^point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    pub digits: Vec<u8>,
    pub point: i32,
}

impl Decimal {
    /// The digits of a number, without its sign. One that is not finite has none.
    pub(super) fn of(value: f64) -> Self {
        let written = if value.is_finite() { format!("{:.*e}", DIGITS - 1, value.abs()) } else { String::new() };
        let (mantissa, exponent) = written.split_once('e').unwrap_or_default();
        let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let point = exponent.parse::<i32>().unwrap_or_default() + 1;
        Self { point: if digits.is_empty() { 0 } else { point }, digits }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Times a power of ten.
    pub(super) fn shifted(mut self, by: i32) -> Self {
        if !self.is_zero() {
            self.point += by;
        }
        self
    }

    /// Rounded to so many decimals: the digits before the point, without leading zeros, and those behind it.
    pub(super) fn rounded(&self, decimals: usize) -> (Vec<u8>, Vec<u8>) {
        let kept = i64::from(self.point) + i64::try_from(decimals).unwrap_or(i64::MAX);
        let mut all: Vec<u8> = Vec::new();
        if let Ok(kept) = usize::try_from(kept) {
            all.extend(self.digits.iter().take(kept));
            all.resize(kept, 0);
            if self.digits.get(kept).is_some_and(|next| *next >= 5) {
                up(&mut all);
            }
        }
        let missing = (decimals + 1).saturating_sub(all.len());
        let mut padded = vec![0; missing];
        padded.extend(all);
        let decimals = padded.split_off(padded.len() - decimals);
        let whole = padded.into_iter().skip_while(|digit| *digit == 0).collect();
        (whole, decimals)
    }
}

/// One more in the last digit.
fn up(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}
