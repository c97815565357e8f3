use subject::{opens, token};

#[test]
fn a_token_with_another_letter_opens_nothing() {
    for order in [1, 7, 2024, 31_337] {
        let right = token(order);
        assert!(opens(order, &right), "{right} is the token of {order}");
        for (at, _) in right.char_indices() {
            for letter in ["a", "Z", "9"] {
                let mut other = right.clone();
                other.replace_range(at..=at, letter);
                assert!(other == right || !opens(order, &other), "{other} opens {order}, whose token is {right}");
            }
        }
        assert!(!opens(order, &format!("{right}9")));
    }
}
