//! The counters themselves, for Linux on x86-64 with the GNU C library.
//!
//! In assembly, because the compiler instruments whatever it makes of Rust, and a callback that calls itself never
//! ends. Per thread, so that tests that run side by side do not mix.
//!
//! The names of the memory functions are taken from the C library; each counts and goes on to the checked version
//! there, which has another name and the same effect. Comparison is done here, because how far it looked is what
//! counts.

use std::arch::global_asm;
use std::sync::atomic::{AtomicU32, Ordering};

static GUARDS: AtomicU32 = AtomicU32::new(0);

global_asm!(
    ".section .tbss.constraints_work,\"awT\",@nobits",
    ".p2align 3",
    ".type constraints_edges_passed,@object",
    "constraints_edges_passed: .zero 8",
    ".type constraints_bytes_moved,@object",
    "constraints_bytes_moved: .zero 8",
    ".text",
    ".globl __sanitizer_cov_trace_pc_guard",
    ".type __sanitizer_cov_trace_pc_guard,@function",
    "__sanitizer_cov_trace_pc_guard:",
    "mov rax, qword ptr [rip + constraints_edges_passed@GOTTPOFF]",
    "inc qword ptr fs:[rax]",
    "ret",
    ".globl constraints_edges",
    "constraints_edges:",
    "mov rax, qword ptr [rip + constraints_edges_passed@GOTTPOFF]",
    "mov rax, qword ptr fs:[rax]",
    "ret",
    ".globl constraints_bytes",
    "constraints_bytes:",
    "mov rax, qword ptr [rip + constraints_bytes_moved@GOTTPOFF]",
    "mov rax, qword ptr fs:[rax]",
    "ret",
    ".globl memcpy",
    ".type memcpy,@function",
    "memcpy:",
    ".globl memmove",
    ".type memmove,@function",
    "memmove:",
    "mov rax, qword ptr [rip + constraints_bytes_moved@GOTTPOFF]",
    "add qword ptr fs:[rax], rdx",
    "mov rcx, -1",
    "jmp qword ptr [rip + __memmove_chk@GOTPCREL]",
    ".globl memset",
    ".type memset,@function",
    "memset:",
    "mov rax, qword ptr [rip + constraints_bytes_moved@GOTTPOFF]",
    "add qword ptr fs:[rax], rdx",
    "mov rcx, -1",
    "jmp qword ptr [rip + __memset_chk@GOTPCREL]",
    ".globl memcmp",
    ".type memcmp,@function",
    "memcmp:",
    ".globl bcmp",
    ".type bcmp,@function",
    "bcmp:",
    "xor ecx, ecx",
    "2:",
    "cmp rcx, rdx",
    "je 3f",
    "movzx eax, byte ptr [rdi + rcx]",
    "movzx r8d, byte ptr [rsi + rcx]",
    "inc rcx",
    "sub eax, r8d",
    "je 2b",
    "jmp 4f",
    "3:",
    "xor eax, eax",
    "4:",
    "mov r8, qword ptr [rip + constraints_bytes_moved@GOTTPOFF]",
    "add qword ptr fs:[r8], rcx",
    "ret",
);

unsafe extern "C" {
    safe fn constraints_edges() -> u64;
    safe fn constraints_bytes() -> u64;
    fn __sanitizer_cov_trace_pc_guard(guard: *mut u32);
}

/// Called by the start of each instrumented object, before `main`, with an array that has a place for each edge.
#[unsafe(no_mangle)]
extern "C" fn __sanitizer_cov_trace_pc_guard_init(start: *mut u32, stop: *mut u32) {
    let edges = (stop as usize).saturating_sub(start as usize) / size_of::<u32>();
    GUARDS.fetch_add(edges as u32, Ordering::Relaxed);
}

pub(super) fn edges() -> u64 {
    constraints_edges()
}

pub(super) fn bytes() -> u64 {
    constraints_bytes()
}

/// How many edges are instrumented.
pub(super) fn guards() -> usize {
    GUARDS.load(Ordering::Relaxed) as usize
}

/// Passes an edge, as instrumented code does.
pub(super) fn pass(guard: &mut u32) {
    // SAFETY: the callback does not look at the guard.
    unsafe { __sanitizer_cov_trace_pc_guard(guard) };
}
