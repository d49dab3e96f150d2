//! What the score of a claim is made of. How each is measured and what it counts stands in [`super::score`].

/// Declares the features: each with a name, a direction (whether more of it speaks for support) and a
/// line for people.
macro_rules! features {
    ($($field:ident $raises:literal $name:literal;)*) => {
        /// The features of one claim.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Features {
            $(#[doc = $name] pub $field: f32,)*
            /// The best passage was searched for in a whole library, where chance finds more than in one
            /// given document.
            pub is_searched: bool,
            /// The model has read the claim beside a passage.
            pub is_read: bool,
        }

        /// How many features there are.
        pub const COUNT: usize = [$($raises),*].len();

        /// The features' names and directions: whether more of it speaks for support.
        pub const NAMES: [(&str, bool); COUNT] = [$(($name, $raises)),*];

        impl Features {
            /// In the order of [`NAMES`].
            #[must_use]
            pub const fn values(&self) -> [f32; COUNT] {
                [$(self.$field),*]
            }
        }
    };
}

features! {
    coverage true "share of the claim's weight in the best window";
    coverage_of_two true "share of the claim's weight in the two best windows of its source";
    pairs true "share of neighbouring words that stand together anywhere in the source";
    weakest_name true "how much of the claim stands beside its least fitting name";
    lacking_values false "values that the source lacks";
    lacking_facts false "names and values that the source lacks";
    denied false "share of the common weight that is negated on one side only";
    conflicts false "values or names that the source has otherwise";
    turned_words false "words whose opposite stands beside the same words in the source";
    lone_negations false "negations that the source does not make";
    lone_absolutes false "restricting, absolute or turning words that the best windows lack";
    replaced_words false "words in whose place the best windows have another of the same kind";
    rival_names false "names in whose place the source has others";
    rival_values false "values in whose place the source has others";
    entailed true "how surely the passage says it, as the model reads";
    contradicted false "how surely the passage says otherwise, as the model reads";
}
