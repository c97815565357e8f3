//! Who may do what in the council room of a club.

use twilight_model::channel::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::{marker::RoleMarker, Id};
use twilight_util::permission_calculator::PermissionCalculator;

const CLUB: u64 = 1;
const VISITOR: u64 = 2;
const MODERATOR: u64 = 3;
const NEWCOMER: u64 = 4;

/// Somebody of the club, with the marks that the club gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Visitor {
    pub moderator: bool,
    pub newcomer: bool,
    /// Whether the council asked for this visitor by name.
    pub invited: bool,
}

/// What can be done in the room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    Read,
    Write,
    Remove,
    Rename,
}

fn rule(id: u64, kind: PermissionOverwriteType, allow: Permissions, deny: Permissions) -> PermissionOverwrite {
    PermissionOverwrite { allow, deny, id: Id::new(id), kind }
}

/// The rules of the room: members read, newcomers stay outside, moderators
/// and those who are invited take part.
fn rules(visitor: &Visitor) -> Vec<PermissionOverwrite> {
    let part = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let none = Permissions::empty();
    let mut rules = vec![
        rule(CLUB, PermissionOverwriteType::Role, Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES),
        rule(NEWCOMER, PermissionOverwriteType::Role, none, Permissions::VIEW_CHANNEL),
        rule(MODERATOR, PermissionOverwriteType::Role, part | Permissions::MANAGE_MESSAGES, none),
    ];
    if visitor.invited {
        rules.push(rule(VISITOR, PermissionOverwriteType::Member, part, none));
    }
    rules
}

/// Whether this visitor may do that in the council room.
pub fn may(visitor: &Visitor, action: Action) -> bool {
    let mut roles: Vec<(Id<RoleMarker>, Permissions)> = Vec::new();
    if visitor.moderator {
        roles.push((Id::new(MODERATOR), Permissions::KICK_MEMBERS));
    }
    if visitor.newcomer {
        roles.push((Id::new(NEWCOMER), Permissions::empty()));
    }
    let everyone = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let asked = match action {
        Action::Read => Permissions::VIEW_CHANNEL,
        Action::Write => Permissions::SEND_MESSAGES,
        Action::Remove => Permissions::MANAGE_MESSAGES,
        Action::Rename => Permissions::MANAGE_CHANNELS,
    };
    PermissionCalculator::new(Id::new(CLUB), Id::new(VISITOR), everyone, &roles)
        .in_channel(ChannelType::GuildText, &rules(visitor))
        .contains(asked)
}
