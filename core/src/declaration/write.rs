//! The whole texts.

use super::quote::Language;
use super::tree::{Node, tree};
use crate::model::Domain;

/// The declaration of these domains as a TypeScript file, which exports it as `stats`. With it, the npm
/// package knows and types the same metrics.
///
/// A program that writes the file, run by hand or in a test that fails where the file is not up to date:
///
/// # Example: write `stats.ts`
///
/// ```
/// use trackstats::{declaration, stats};
///
/// stats! {
///     shopping "Shopping" {
///         order_count "Number of orders sold",
///         revenue: f64 "Revenue, in euro",
///         sales by (country, province),
///         #[reference("returned-items")]
///         returns,
///     }
/// }
///
/// let text = declaration::to_typescript(&[shopping::DOMAIN]);
/// let expected = "\
/// import { defineStats } from 'trackstats'
///
/// export const stats = defineStats({
///   shopping: {
///     title: 'Shopping',
///     metrics: {
///       order_count: 'Number of orders sold',
///       revenue: {
///         title: 'Revenue, in euro',
///         kind: 'float',
///       },
///       sales: {
///         by: ['country', 'province'],
///       },
///       'returned-items': {},
///     },
///   },
/// })
/// ";
/// assert_eq!(text, expected);
/// # let folder = std::env::temp_dir().join(format!("trackstats-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("stats.ts");
/// std::fs::write(&path, text)?;
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn to_typescript(domains: &[Domain]) -> String {
    let mut text = String::from(
        "import { defineStats } from 'trackstats'\n\nexport const stats = defineStats(",
    );
    node(&tree(domains), Language::TypeScript, 0, &mut text);
    text.push_str(")\n");
    text
}

/// The declaration of these domains as JSON: the argument of `defineStats`.
///
/// # Example: a metric with a title alone is that title
///
/// ```
/// use trackstats::{declaration, stats};
///
/// stats! { users { user_count "Users signed up" } }
///
/// let expected = r#"{
///   "users": {
///     "metrics": {
///       "user_count": "Users signed up"
///     }
///   }
/// }
/// "#;
/// assert_eq!(declaration::to_json(&[users::DOMAIN]), expected);
/// ```
#[must_use]
pub fn to_json(domains: &[Domain]) -> String {
    let mut text = String::new();
    node(&tree(domains), Language::Json, 0, &mut text);
    text.push('\n');
    text
}

fn node(part: &Node, language: Language, depth: usize, into: &mut String) {
    match part {
        Node::Text(text) => language.text(text, into),
        Node::Texts(texts) => {
            into.push('[');
            for (place, text) in texts.iter().enumerate() {
                into.push_str(if place == 0 { "" } else { ", " });
                language.text(text, into);
            }
            into.push(']');
        }
        Node::Object(parts) if parts.is_empty() => into.push_str("{}"),
        Node::Object(parts) => {
            into.push('{');
            for (place, (key, part)) in parts.iter().enumerate() {
                into.push_str(if place == 0 { "" } else { "," });
                line(depth + 1, into);
                language.key(key, into);
                into.push_str(": ");
                node(part, language, depth + 1, into);
            }
            into.push_str(match language {
                Language::TypeScript => ",",
                Language::Json => "",
            });
            line(depth, into);
            into.push('}');
        }
    }
}

/// Begins a line.
fn line(depth: usize, into: &mut String) {
    into.push('\n');
    into.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::{to_json, to_typescript};
    use crate::stats;

    stats! {
        /// What the shop sells.
        shop "Tea & 'rice'" {
            plain,
            /// Paid orders only,
            /// by the day.
            orders "It's \"sold\"</script>",
            #[reference("größe-1")]
            size: f64 by (country),
        }
        #[reference("__proto__")]
        odd {
            #[reference("2024")]
            year "",
        }
    }

    mod again {
        crate::stats! {
            pub(super) shop { orders, returns }
        }
    }

    const TYPESCRIPT: &str = r#"import { defineStats } from 'trackstats'

export const stats = defineStats({
  shop: {
    title: 'Tea & \'rice\'',
    description: 'What the shop sells.',
    metrics: {
      plain: {},
      orders: {
        title: 'It\'s "sold"\u003c/script>',
        description: 'Paid orders only,\nby the day.',
      },
      'größe-1': {
        kind: 'float',
        by: ['country'],
      },
    },
  },
  ['__proto__']: {
    metrics: {
      '2024': '',
    },
  },
})
"#;

    #[test]
    fn typescript_has_every_part_of_a_declaration() {
        assert_eq!(to_typescript(&[shop::DOMAIN, odd::DOMAIN]), TYPESCRIPT);
        let empty =
            "import { defineStats } from 'trackstats'\n\nexport const stats = defineStats({})\n";
        assert_eq!(to_typescript(&[]), empty);
    }

    #[test]
    fn a_domain_that_is_declared_in_parts_is_written_once() {
        let text = to_json(&[shop::DOMAIN, again::shop::DOMAIN, shop::DOMAIN]);
        assert_eq!(text.matches("\"shop\"").count(), 1);
        assert_eq!(text.matches("\"orders\"").count(), 1);
        assert_eq!(text.matches("\"returns\"").count(), 1);
    }

    #[cfg(feature = "interchange")]
    #[test]
    fn json_reads_back_as_what_was_declared() {
        let text = to_json(&[shop::DOMAIN, odd::DOMAIN]);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!({
            "shop": {
                "title": "Tea & 'rice'",
                "description": "What the shop sells.",
                "metrics": {
                    "plain": {},
                    "orders": {
                        "title": "It's \"sold\"</script>",
                        "description": "Paid orders only,\nby the day.",
                    },
                    "größe-1": { "kind": "float", "by": ["country"] },
                },
            },
            "__proto__": { "metrics": { "2024": "" } },
        });
        assert_eq!(read, expected);
        assert!(text.ends_with("}\n"));
    }
}
