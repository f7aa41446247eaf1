/* What the kernel keeps the program from, in the order in which it must be
   asked: the filter of system calls forbids the asking, and comes last. */
#define _GNU_SOURCE
#include "cage/doors.h"

#include <errno.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The address sanitizer reserves terabytes: no bound of memory with it. */
#ifdef __SANITIZE_ADDRESS__
enum { IS_SANITIZED = true };
#else
enum { IS_SANITIZED = false };
#endif

/* The kernel's headers of Debian 12 and later kernels know different sets of
   rights; these are the 13 of the first version. */
enum { FILE_RIGHTS = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };

static bool shut_privileges(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/* One after the other: a kernel may allow a network of its own, or a user. */
static bool shut_network(void)
{
    return unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0 ||
           unshare(CLONE_NEWNET | CLONE_NEWIPC) == 0;
}

static bool shut_files(void)
{
    struct landlock_ruleset_attr all = {.handled_access_fs = FILE_RIGHTS};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);

    return rules >= 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
}

static bool bound(int what, rlim_t most)
{
    struct rlimit limit = {most, most};

    return setrlimit((__rlimit_resource_t)what, &limit) == 0;
}

static bool shut_limits(uint64_t memory, uint64_t seconds)
{
    return (IS_SANITIZED || bound(RLIMIT_AS, memory)) &&
           bound(RLIMIT_CPU, seconds) && bound(RLIMIT_FSIZE, 0) &&
           bound(RLIMIT_CORE, 0) && bound(RLIMIT_NPROC, 0) &&
           bound(RLIMIT_NOFILE, 2);
}

static bool shut_descriptors(void)
{
    return close_range(1, ~0u, 0) == 0;
}

/* Calls that change nothing outside of the program.  A descriptor comes with a
   question about a file that holds others: the file, open for reading. */
static const int harmless[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(recvmsg),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(sysinfo),
    SCMP_SYS(restart_syscall),
};

/* Calls that name a file, as libraries make them to look for fonts and the like
   that they can do without: they are told that there is none, whatever the
   name, and the kernel does not look. */
static const int denied[] = {
    SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
    SCMP_SYS(newfstatat), SCMP_SYS(open),      SCMP_SYS(openat),
    SCMP_SYS(readlink),   SCMP_SYS(stat),
};

/* Memory, but none that may be run as a program. */
static const int memory_calls[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};

static bool allow_calls(scmp_filter_ctx filter)
{
    struct scmp_arg_cmp data_only = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    struct scmp_arg_cmp itself = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
    bool good = true;

    for (size_t i = 0; i < G_N_ELEMENTS(harmless); i++)
        good = good &&
               seccomp_rule_add(filter, SCMP_ACT_ALLOW, harmless[i], 0) == 0;
    for (size_t i = 0; i < G_N_ELEMENTS(denied); i++)
        good = good && seccomp_rule_add(
                           filter, SCMP_ACT_ERRNO(ENOENT), denied[i], 0) == 0;
    for (size_t i = 0; i < G_N_ELEMENTS(memory_calls); i++)
        good = good &&
               seccomp_rule_add_array(
                   filter, SCMP_ACT_ALLOW, memory_calls[i], 1, &data_only) == 0;
    /* How abort() ends it. */
    return good &&
           seccomp_rule_add_array(
               filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &itself) == 0;
}

static bool shut_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool good;

    if (!filter)
        return false;
    good = allow_calls(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

uint32_t doors_shut(uint64_t memory, uint64_t seconds)
{
    uint32_t held = 0;

    held |= (uint32_t)shut_privileges() << DOOR_PRIVILEGES;
    held |= (uint32_t)shut_network() << DOOR_NETWORK;
    held |= (uint32_t)shut_files() << DOOR_FILES;
    held |= (uint32_t)shut_descriptors() << DOOR_DESCRIPTORS;
    held |= (uint32_t)shut_limits(memory, seconds) << DOOR_LIMITS;
    held |= (uint32_t)shut_calls() << DOOR_CALLS;
    return held;
}
