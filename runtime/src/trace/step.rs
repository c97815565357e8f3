//! The trap flag of x86-64: the processor stops after each instruction, and the system tells by a signal.

use std::arch::asm;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::{MOST, MOST_OF_ALL, STEPPING, Stepping};
use crate::count;

unsafe extern "C" {
    fn memcmp(left: *const u8, right: *const u8, length: usize) -> i32;
    fn bcmp(left: *const u8, right: *const u8, length: usize) -> i32;
    fn memcpy(to: *mut u8, from: *const u8, length: usize) -> *mut u8;
    fn memmove(to: *mut u8, from: *const u8, length: usize) -> *mut u8;
    fn memset(to: *mut u8, value: i32, length: usize) -> *mut u8;
}

/// Where the functions of the C library begin that compare memory, then those that write to it.
static MEMORY: [AtomicUsize; 5] = [const { AtomicUsize::new(0) }; 5];
/// Where the counters of a counting build begin.
static COUNTERS: [AtomicUsize; 10] = [const { AtomicUsize::new(0) }; 10];

/// The flag in the flags of the processor.
const TRAP: i64 = 0x100;

/// Makes the call with the flag set.
#[inline(never)]
pub(super) fn through(call: impl FnOnce()) {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(handle);
    // SAFETY: only a flag is changed, and what the stack holds stays as it was; the handler of the signal is there.
    unsafe { asm!("pushfq", "or qword ptr [rsp], 0x100", "popfq") };
    call();
    // SAFETY: as above.
    unsafe { asm!("pushfq", "and qword ptr [rsp], -257", "popfq") };
}

fn handle() {
    let comparing = [memcmp as *const (), bcmp as *const ()];
    let writing = [memcpy as *const (), memmove as *const (), memset as *const ()];
    for (place, function) in MEMORY.iter().zip(comparing.into_iter().chain(writing)) {
        place.store(function as usize, Relaxed);
    }
    for (place, function) in COUNTERS.iter().zip(count::callbacks()) {
        place.store(function, Relaxed);
    }
    // SAFETY: the structure is filled before it is passed on, and the handler has the signature that its flags say.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = step as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(libc::SIGTRAP, &raw const action, std::ptr::null_mut());
    }
}

/// Called by the system between two instructions.
extern "C" fn step(_: i32, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: the system passes the context of the thread that was stopped.
    let registers = unsafe { &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs };
    let is_done = STEPPING.with(|stepping| {
        stepping.walked.set(stepping.walked.get() + 1);
        if !is_left_out(stepping, registers) {
            note(stepping, registers);
        }
        stepping.steps.get() >= MOST || stepping.walked.get() >= MOST_OF_ALL
    });
    if is_done {
        registers[libc::REG_EFL as usize] &= !TRAP;
    }
}

fn register(registers: &[i64], number: i32) -> usize {
    registers[number as usize] as usize
}

/// Whether this is inside something that is left out.
fn is_left_out(stepping: &Stepping, registers: &[i64]) -> bool {
    let back = stepping.back.get();
    if back != [0; 2] {
        if back != [libc::REG_RIP, libc::REG_RSP].map(|it| register(registers, it)) {
            return true;
        }
        stepping.back.set([0; 2]);
    }
    stepping.is_quiet.get()
}

/// Counts the instruction that comes next; of a function that is left out, the first one.
fn note(stepping: &Stepping, registers: &[i64]) {
    let at = register(registers, libc::REG_RIP);
    stepping.steps.set(stepping.steps.get() + 1);
    stepping.mix(at as u64);
    let begins = |functions: &[AtomicUsize]| functions.iter().position(|it| it.load(Relaxed) == at);
    let memory = begins(&MEMORY);
    if memory.is_none() && begins(&COUNTERS).is_none() {
        return;
    }
    let stack = register(registers, libc::REG_RSP);
    // SAFETY: where a function begins, the stack holds the address that it goes back to.
    stepping.back.set([unsafe { *(stack as *const usize) }, stack + size_of::<usize>()]);
    let Some(memory) = memory else { return };
    let length = register(registers, libc::REG_RDX);
    stepping.mix(length as u64);
    if memory < 2 {
        let [left, right] =
            [libc::REG_RDI, libc::REG_RSI].map(|number| register(registers, number) as *const u8);
        // SAFETY: the function that begins here reads them as far as that, up to the first difference.
        let is_same = |at: &usize| unsafe { *left.add(*at) == *right.add(*at) };
        let same = (0..length).take_while(is_same).count();
        stepping.compared.set(stepping.compared.get() + (same + 1).min(length) as u64);
    }
}
