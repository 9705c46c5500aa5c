//! Places and how they are turned and scaled.

/// Six numbers: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub(super) const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This first, then the other.
    pub(super) fn then(&self, other: &Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    pub(super) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// A step, which only turns and scales.
    pub(super) fn step(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a * x + c * y, b * x + d * y)
    }

    /// The same, begun a step further on.
    pub(super) fn moved(&self, x: f64, y: f64) -> Self {
        let (x, y) = self.at(x, y);
        let [a, b, c, d, ..] = self.0;
        Self([a, b, c, d, x, y])
    }

    pub(super) fn is_finite(&self) -> bool {
        self.0.iter().all(|number| number.is_finite() && number.abs() < 1e9)
    }

    /// The smallest upright box around one that is turned: left, top, right, bottom.
    pub(super) fn around(&self, x: f64, y: f64, width: f64, height: f64) -> [f64; 4] {
        let corners = [self.at(x, y), self.at(x + width, y), self.at(x, y + height), self.at(x + width, y + height)];
        corners.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[left, top, right, bottom], (x, y)| {
            [left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)]
        })
    }
}
