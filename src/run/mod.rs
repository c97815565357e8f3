//! Takes the plan and the written files, gives what every test said.
//!
//! The only stage that starts processes and watches clocks.
