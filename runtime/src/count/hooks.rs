//! The counters themselves, for Linux on x86-64 with the GNU C library.
//!
//! In assembly, because the compiler instruments whatever it makes of Rust, and a callback that calls itself never
//! ends. Per thread, so that tests that run side by side do not mix.
//!
//! What an edge is passed for the first time in a case is put down in a list, so that asking what a case did costs as
//! much as the case, and not as much as the program is large. The list is one for the whole process: the code under
//! test may do its work on threads of its own. Two threads that write at once may lose an edge, and no more than that.
//!
//! The names of the memory functions are taken from the C library; each counts and goes on to the checked version
//! there, which has another name and the same effect. Comparison is done here, because how far it looked is what
//! counts.

use std::arch::global_asm;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};

use super::Compared;

static GUARDS: AtomicU32 = AtomicU32::new(0);

/// Edges that are told apart; a larger program has several of one number.
const EDGES: usize = 1 << 20;

#[unsafe(no_mangle)]
static CONSTRAINTS_HITS: [AtomicU8; EDGES] = [const { AtomicU8::new(0) }; EDGES];
#[unsafe(no_mangle)]
static CONSTRAINTS_PASSED: [AtomicU32; EDGES] = [const { AtomicU32::new(0) }; EDGES];
#[unsafe(no_mangle)]
static CONSTRAINTS_PASSED_COUNT: AtomicU64 = AtomicU64::new(0);

/// Comparisons that are written down at most: two numbers each, whether one of them stands in the code, and where it is
/// that they are compared.
const COMPARISONS: usize = 1 << 14;

#[unsafe(no_mangle)]
static CONSTRAINTS_COMPARED: [[AtomicU64; 4]; COMPARISONS] =
    [const { [const { AtomicU64::new(0) }; 4] }; COMPARISONS];
/// How many have been written down; nothing is while it is at the end.
#[unsafe(no_mangle)]
static CONSTRAINTS_COMPARED_COUNT: AtomicU64 = AtomicU64::new(COMPARISONS as u64);

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
    "mov eax, dword ptr [rdi]",
    "mov rcx, qword ptr [rip + CONSTRAINTS_HITS@GOTPCREL]",
    "add byte ptr [rcx + rax], 1",
    "jc 3f",
    "cmp byte ptr [rcx + rax], 1",
    "je 2f",
    "ret",
    // The first time.
    "2:",
    "mov rcx, qword ptr [rip + CONSTRAINTS_PASSED_COUNT@GOTPCREL]",
    "mov rdx, qword ptr [rcx]",
    "inc qword ptr [rcx]",
    "and edx, {last_edge}",
    "mov rcx, qword ptr [rip + CONSTRAINTS_PASSED@GOTPCREL]",
    "mov dword ptr [rcx + rdx*4], eax",
    "ret",
    // A counter that is full stays full.
    "3:",
    "mov byte ptr [rcx + rax], 255",
    "ret",
    ".globl __sanitizer_cov_trace_cmp8",
    ".type __sanitizer_cov_trace_cmp8,@function",
    "__sanitizer_cov_trace_cmp8:",
    "mov r11d, 2",
    "jmp 18f",
    ".globl __sanitizer_cov_trace_const_cmp8",
    ".type __sanitizer_cov_trace_const_cmp8,@function",
    "__sanitizer_cov_trace_const_cmp8:",
    "mov r11d, 3",
    "18:",
    "mov rax, qword ptr [rsp]",
    "jmp 7f",
    ".globl __sanitizer_cov_trace_cmp4",
    ".type __sanitizer_cov_trace_cmp4,@function",
    "__sanitizer_cov_trace_cmp4:",
    "xor r11d, r11d",
    "jmp 14f",
    ".globl __sanitizer_cov_trace_const_cmp4",
    ".type __sanitizer_cov_trace_const_cmp4,@function",
    "__sanitizer_cov_trace_const_cmp4:",
    "mov r11d, 1",
    "14:",
    "mov rax, qword ptr [rsp]",
    "mov edi, edi",
    "mov esi, esi",
    "jmp 7f",
    ".globl __sanitizer_cov_trace_cmp2",
    ".type __sanitizer_cov_trace_cmp2,@function",
    "__sanitizer_cov_trace_cmp2:",
    "xor r11d, r11d",
    "jmp 12f",
    ".globl __sanitizer_cov_trace_const_cmp2",
    ".type __sanitizer_cov_trace_const_cmp2,@function",
    "__sanitizer_cov_trace_const_cmp2:",
    "mov r11d, 1",
    "12:",
    "mov rax, qword ptr [rsp]",
    "movzx edi, di",
    "movzx esi, si",
    "jmp 7f",
    ".globl __sanitizer_cov_trace_cmp1",
    ".type __sanitizer_cov_trace_cmp1,@function",
    "__sanitizer_cov_trace_cmp1:",
    "xor r11d, r11d",
    "jmp 11f",
    ".globl __sanitizer_cov_trace_const_cmp1",
    ".type __sanitizer_cov_trace_const_cmp1,@function",
    "__sanitizer_cov_trace_const_cmp1:",
    "mov r11d, 1",
    "11:",
    "mov rax, qword ptr [rsp]",
    "movzx edi, dil",
    "movzx esi, sil",
    "jmp 7f",
    // A value, and what it is compared with: the number of cases, their width, the cases.
    ".globl __sanitizer_cov_trace_switch",
    ".type __sanitizer_cov_trace_switch,@function",
    "__sanitizer_cov_trace_switch:",
    "mov r8, qword ptr [rip + CONSTRAINTS_COMPARED_COUNT@GOTPCREL]",
    "cmp qword ptr [r8], {last_comparison}",
    "jae 6f",
    "mov r11d, 1",
    "mov rax, qword ptr [rsp]",
    "mov r9, rsi",
    "mov r10, qword ptr [r9]",
    "5:",
    "sub r10, 1",
    "jc 6f",
    "mov rsi, qword ptr [r9 + r10*8 + 16]",
    "call 7f",
    "jmp 5b",
    "6:",
    "ret",
    "7:",
    "mov rcx, qword ptr [rip + CONSTRAINTS_COMPARED_COUNT@GOTPCREL]",
    "mov rdx, qword ptr [rcx]",
    "cmp rdx, {last_comparison}",
    "jae 8f",
    "inc qword ptr [rcx]",
    "shl rdx, 5",
    "add rdx, qword ptr [rip + CONSTRAINTS_COMPARED@GOTPCREL]",
    "mov qword ptr [rdx], rdi",
    "mov qword ptr [rdx + 8], rsi",
    "mov qword ptr [rdx + 16], r11",
    "mov qword ptr [rdx + 24], rax",
    "8:",
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
    last_edge = const EDGES - 1,
    last_comparison = const COMPARISONS,
);

unsafe extern "C" {
    safe fn constraints_edges() -> u64;
    safe fn constraints_bytes() -> u64;
    fn __sanitizer_cov_trace_pc_guard(guard: *mut u32);
    fn __sanitizer_cov_trace_cmp1();
    fn __sanitizer_cov_trace_cmp2();
    fn __sanitizer_cov_trace_cmp4();
    fn __sanitizer_cov_trace_cmp8();
    fn __sanitizer_cov_trace_const_cmp1();
    fn __sanitizer_cov_trace_const_cmp2();
    fn __sanitizer_cov_trace_const_cmp4();
    fn __sanitizer_cov_trace_const_cmp8();
    fn __sanitizer_cov_trace_switch();
}

/// Called by the start of each instrumented object, before `main`, with an array that has a place for each edge.
#[unsafe(no_mangle)]
extern "C" fn __sanitizer_cov_trace_pc_guard_init(start: *mut u32, stop: *mut u32) {
    let mut place = start;
    while place < stop {
        // SAFETY: the compiler gives the bounds of an array of its own that nothing else writes to, and each object
        // of a program gives the bounds of all of them, so that most are numbered already.
        unsafe {
            if *place == 0 {
                // Number 0 is that of edges without one.
                *place = GUARDS.fetch_add(1, Ordering::Relaxed) % (EDGES as u32 - 1) + 1;
            }
            place = place.add(1);
        }
    }
}

pub(super) fn edges() -> u64 {
    constraints_edges()
}

pub(super) fn bytes() -> u64 {
    constraints_bytes()
}

/// The edges passed since this was asked last, each with how often, up to 255.
pub(super) fn take_passed(mut each: impl FnMut(u32, u8)) {
    let count = CONSTRAINTS_PASSED_COUNT.swap(0, Ordering::Relaxed) as usize;
    for passed in &CONSTRAINTS_PASSED[..count.min(EDGES)] {
        let edge = passed.load(Ordering::Relaxed);
        each(edge, CONSTRAINTS_HITS[edge as usize % EDGES].swap(0, Ordering::Relaxed));
    }
}

/// Whether comparisons are written down from here on.
pub(super) fn listen(on: bool) {
    let (start, end) = (0, COMPARISONS as u64);
    if on {
        CONSTRAINTS_COMPARED_COUNT.store(start, Ordering::Relaxed);
    } else {
        HEARD.store(CONSTRAINTS_COMPARED_COUNT.swap(end, Ordering::Relaxed), Ordering::Relaxed);
    }
}

/// How many comparisons were written down when it was last listened to.
static HEARD: AtomicU64 = AtomicU64::new(0);

/// The numbers that were compared.
pub(super) fn take_compared() -> Vec<Compared> {
    let heard = HEARD.swap(0, Ordering::Relaxed) as usize;
    let compared = |written: &[AtomicU64; 4]| {
        let word = |at: usize| written[at].load(Ordering::Relaxed);
        let kind = word(2);
        Compared {
            pair: (word(0), word(1)),
            is_constant: kind & 1 != 0,
            is_wide: kind & 2 != 0,
            place: word(3),
        }
    };
    CONSTRAINTS_COMPARED.iter().take(heard).map(compared).collect()
}

/// How many edges are instrumented.
pub(super) fn guards() -> usize {
    GUARDS.load(Ordering::Relaxed) as usize
}

/// Passes an edge, as instrumented code does.
pub(super) fn pass(guard: &mut u32) {
    // SAFETY: the callback reads the number in the guard, which is below the number of edges.
    unsafe { __sanitizer_cov_trace_pc_guard(guard) };
}

/// Where the functions begin that instrumented code calls.
pub(super) fn callbacks() -> [usize; 10] {
    [
        __sanitizer_cov_trace_pc_guard as *const (),
        __sanitizer_cov_trace_cmp1 as *const (),
        __sanitizer_cov_trace_cmp2 as *const (),
        __sanitizer_cov_trace_cmp4 as *const (),
        __sanitizer_cov_trace_cmp8 as *const (),
        __sanitizer_cov_trace_const_cmp1 as *const (),
        __sanitizer_cov_trace_const_cmp2 as *const (),
        __sanitizer_cov_trace_const_cmp4 as *const (),
        __sanitizer_cov_trace_const_cmp8 as *const (),
        __sanitizer_cov_trace_switch as *const (),
    ]
    .map(|function| function as usize)
}
