use subject::{may, Action, Visitor};

#[test]
fn an_invitation_counts_more_than_a_mark() {
    for marks in 0..8 {
        let visitor = Visitor { moderator: marks & 1 != 0, newcomer: marks & 2 != 0, invited: marks & 4 != 0 };
        let part = visitor.moderator || visitor.invited;
        assert_eq!(may(&visitor, Action::Read), part || !visitor.newcomer, "{visitor:?} reads");
        assert_eq!(may(&visitor, Action::Write), part, "{visitor:?} writes");
        assert_eq!(may(&visitor, Action::Remove), visitor.moderator, "{visitor:?} removes");
        assert!(!may(&visitor, Action::Rename), "{visitor:?} renames");
    }
}
