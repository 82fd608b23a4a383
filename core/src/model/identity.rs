//! What tells metrics apart, and how they are shown: by their names. What a metric belongs to leads back
//! to the metric, so that nothing here shows more than a line.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::{Domain, DomainDeclaration, Handle, Metric, MetricAt, MetricDeclaration, MetricRef};

/// The references of domain and metric with a dot between them.
impl fmt::Display for MetricDeclaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{}", self.domain.reference, self.reference))
    }
}

impl fmt::Debug for MetricDeclaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MetricDeclaration(")?;
        describe(self, f)
    }
}

/// What a metric is, in a line.
fn describe(metric: &MetricDeclaration, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{metric}: {}", metric.kind)?;
    for (place, name) in metric.dimensions.iter().enumerate() {
        f.write_str(if place == 0 { " by " } else { ", " })?;
        f.write_str(name)?;
    }
    f.write_str(")")
}

impl fmt::Debug for DomainDeclaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DomainDeclaration({})", self.reference)
    }
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Domain({})", self.reference())
    }
}

/// The reference.
impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.reference())
    }
}

/// Domains of one reference are one.
impl PartialEq for Domain {
    fn eq(&self, other: &Self) -> bool {
        self.reference() == other.reference()
    }
}

impl Eq for Domain {}

impl Hash for Domain {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.reference().hash(state);
    }
}

/// What two declarations of one metric have in common, wherever they stand.
fn name(metric: &MetricDeclaration) -> (&'static str, &'static str) {
    (metric.domain.reference, metric.reference)
}

/// `shop.orders`.
impl<V, const N: usize> fmt::Display for Metric<V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.declared_as(), f)
    }
}

/// `Metric(shop.orders: integer)`.
impl<V, const N: usize> fmt::Debug for Metric<V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metric(")?;
        describe(self.declared_as(), f)
    }
}

/// Metrics of one name are one, also where two parts of a program declare it.
impl<V, const N: usize> PartialEq for Metric<V, N> {
    fn eq(&self, other: &Self) -> bool {
        name(self.declared_as()) == name(other.declared_as())
    }
}

impl<V, const N: usize> Eq for Metric<V, N> {}

impl<V, const N: usize> Hash for Metric<V, N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        name(self.declared_as()).hash(state);
    }
}

/// `shop.sales(country: NL, province: Utrecht)`, and of a total `shop.sales`.
impl<V, const N: usize> fmt::Display for MetricAt<'_, V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (metric, values) = self.parts();
        let mut text = metric.to_string();
        for (place, (name, value)) in metric.dimensions.iter().zip(values).enumerate() {
            let before = if place == 0 { "(" } else { ", " };
            text += &[before, name, ": ", &value.to_string()].concat();
        }
        if !values.is_empty() {
            text.push(')');
        }
        f.pad(&text)
    }
}

impl<V, const N: usize> fmt::Debug for MetricAt<'_, V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MetricAt({self})")
    }
}

/// One metric at the same values.
impl<V, const N: usize> PartialEq for MetricAt<'_, V, N> {
    fn eq(&self, other: &Self) -> bool {
        let ((metric, values), (other, others)) = (self.parts(), other.parts());
        name(metric) == name(other) && values == others
    }
}

impl<V, const N: usize> Eq for MetricAt<'_, V, N> {}

impl<V, const N: usize> Hash for MetricAt<'_, V, N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (metric, values) = self.parts();
        name(metric).hash(state);
        values.hash(state);
    }
}

/// The name, and the dimensions as they were given.
impl fmt::Display for MetricRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.name.clone();
        for (place, (name, value)) in self.dimensions.iter().enumerate() {
            let before = if place == 0 { "(" } else { ", " };
            text += &[before, name, ": ", &value.to_string()].concat();
        }
        if !self.dimensions.is_empty() {
            text.push(')');
        }
        f.pad(&text)
    }
}

/// `handle 3 of store 1`: the numbers tell one handle from another within a run of the program.
impl<V> fmt::Display for Handle<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (store, at) = self.parts();
        f.pad(&format!("handle {} of store {store}", at.slot.0))
    }
}

impl<V> fmt::Debug for Handle<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({self})")
    }
}

/// One place in one store.
impl<V> PartialEq for Handle<V> {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl<V> Eq for Handle<V> {}

impl<V> Hash for Handle<V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use crate::model::{DimensionValue, MetricRef, ValueKind};

    crate::stats! {
        shop "Shop" { orders "Orders", sales: f64 by (country, province) }
    }

    mod elsewhere {
        crate::stats! { pub(super) shop { orders } }
    }

    #[test]
    fn metrics_print_themselves_in_a_line() {
        assert_eq!(
            format!("{:?}", shop::ORDERS),
            "Metric(shop.orders: integer)"
        );
        assert_eq!(
            format!("{:?}", shop::SALES),
            "Metric(shop.sales: float by country, province)"
        );
        assert_eq!(
            format!("{:?}", shop::ORDERS.declaration()),
            "MetricDeclaration(shop.orders: integer)"
        );
        assert_eq!(format!("{:#?}", shop::DOMAIN), "Domain(shop)");
        assert_eq!(
            format!("{:?}", shop::ORDERS.declaration().domain),
            "DomainDeclaration(shop)"
        );
        let utrecht = shop::sales("NL", "Utrecht");
        assert_eq!(
            format!("{utrecht} {utrecht:?}"),
            "shop.sales(country: NL, province: Utrecht) \
             MetricAt(shop.sales(country: NL, province: Utrecht))"
        );
        let named = MetricRef::new("shop.sales").at("country", "NL");
        assert_eq!(named.to_string(), "shop.sales(country: NL)");
        assert_eq!(
            format!(
                "{:>12}|{}|{}",
                shop::ORDERS,
                shop::SALES.total(),
                shop::DOMAIN
            ),
            " shop.orders|shop.sales|shop"
        );
        assert_eq!(shop::SALES.declaration().kind, ValueKind::Float);
    }

    #[test]
    fn one_metric_is_equal_wherever_it_is_declared() {
        assert_eq!(shop::ORDERS, elsewhere::shop::ORDERS);
        assert_eq!(shop::DOMAIN, elsewhere::shop::DOMAIN);
        assert_eq!(
            HashSet::from([shop::ORDERS, elsewhere::shop::ORDERS]).len(),
            1
        );
        assert_ne!(shop::sales("NL", 1), shop::sales("NL", 2));
        assert_eq!(
            HashSet::from([shop::sales("NL", 1), shop::sales("NL", "1")]).len(),
            1
        );
    }

    #[test]
    fn a_number_and_its_text_are_one_value_of_a_dimension() {
        let (number, text) = (DimensionValue::from(42_u8), DimensionValue::from("42"));
        assert_eq!(number, text);
        assert_eq!(HashSet::from([number, text]).len(), 1);
        assert!(DimensionValue::from(10) < DimensionValue::from(9));
    }
}
