//! How bodies are written down.

/// Defines event bodies: every field documented, absent fields absent in the stored bytes, unknown
/// fields refused.
macro_rules! bodies {
    ($(
        $(#[$doc:meta])*
        $name:ident { $( $(#[$field_meta:meta])* $field:ident : $kind:ty ),* $(,)? }
    )+) => {$(
        $(#[$doc])*
        #[serde_with::skip_serializing_none]
        #[derive(
            Debug, Clone, PartialEq, Eq,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: $kind, )*
        }
    )+};
}
pub(crate) use bodies;
