#ifdef __linux__
#define _GNU_SOURCE
#endif
#ifdef __APPLE__
#define __APPLE_USE_RFC_3542 1
#endif

#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#elif defined(__APPLE__)
#include <malloc/malloc.h>
#endif
#ifdef __linux__
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#ifndef IP_MULTICAST_ALL
#define IP_MULTICAST_ALL 49
#endif
#ifndef IPV6_MULTICAST_ALL
#define IPV6_MULTICAST_ALL 29
#endif
#else
#include <net/route.h>
#endif

int mutual_peer_uid(int fd, uid_t *uid) {
#ifdef __linux__
    struct ucred credentials;
    socklen_t length = sizeof credentials;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return -1;
    *uid = credentials.uid;
    return 0;
#else
    gid_t gid;
    return getpeereid(fd, uid, &gid);
#endif
}

static int prepare(int fd) {
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) return -1;
    return 0;
}

static int give_up(int fd) {
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

int mutual_open_route_socket(void) {
#ifdef __linux__
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (fd < 0) return -1;
    struct sockaddr_nl address;
    memset(&address, 0, sizeof address);
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) return give_up(fd);
    return fd;
#else
    int fd = socket(PF_ROUTE, SOCK_RAW, 0);
    if (fd < 0) return -1;
    if (prepare(fd) != 0) return give_up(fd);
    return fd;
#endif
}

static int open_datagram(int family) {
    int fd = socket(family, SOCK_DGRAM, 0);
    if (fd < 0) return -1;
    if (prepare(fd) != 0) return give_up(fd);
    return fd;
}

/* Several daemons of one host share the port. On Linux address reuse does it, and port reuse would hand a datagram to
   one of them only; elsewhere port reuse is needed. */
static int share(int fd) {
    int on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) return -1;
#ifndef __linux__
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) return -1;
#endif
    return 0;
}

static int join_v4(int fd, const uint8_t *group, uint32_t interface_index) {
    struct ip_mreqn request;
    memset(&request, 0, sizeof request);
    memcpy(&request.imr_multiaddr, group, 4);
    request.imr_ifindex = (int)interface_index;
    return setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request);
}

static int bind_v4(int fd, const uint8_t *bytes, uint16_t port) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    memcpy(&address.sin_addr, bytes, 4);
    return bind(fd, (struct sockaddr *)&address, sizeof address);
}

static int bind_v6(int fd, const uint8_t *bytes, uint16_t port, uint32_t scope) {
    struct sockaddr_in6 address;
    memset(&address, 0, sizeof address);
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    memcpy(&address.sin6_addr, bytes, 16);
    address.sin6_scope_id = scope;
    return bind(fd, (struct sockaddr *)&address, sizeof address);
}

int mutual_open_group_v4(const uint8_t *group, uint16_t port, uint32_t interface_index) {
    int fd = open_datagram(AF_INET);
    if (fd < 0) return -1;
    if (share(fd) != 0) return give_up(fd);
#ifdef __linux__
    /* Without this every socket gets what any socket of the host has joined. */
    int off = 0;
    if (setsockopt(fd, IPPROTO_IP, IP_MULTICAST_ALL, &off, sizeof off) != 0) return give_up(fd);
#endif
    if (bind_v4(fd, group, port) != 0) return give_up(fd);
    if (join_v4(fd, group, interface_index) != 0) return give_up(fd);
    return fd;
}

int mutual_open_group_v6(const uint8_t *group, uint16_t port, uint32_t interface_index) {
    int on = 1;
    int fd = open_datagram(AF_INET6);
    if (fd < 0) return -1;
    if (share(fd) != 0) return give_up(fd);
    if (setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0) return give_up(fd);
#ifdef __linux__
    int off = 0;
    /* Since Linux 4.20; older kernels tell the interfaces apart by the scope of the bind. */
    (void)setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_ALL, &off, sizeof off);
#endif
    if (bind_v6(fd, group, port, interface_index) != 0) return give_up(fd);
    struct ipv6_mreq request;
    memset(&request, 0, sizeof request);
    memcpy(&request.ipv6mr_multiaddr, group, 16);
    request.ipv6mr_interface = interface_index;
    if (setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &request, sizeof request) != 0) return give_up(fd);
    return fd;
}

int mutual_open_broadcast_v4(const uint8_t *broadcast, uint16_t port) {
    int on = 1;
    int fd = open_datagram(AF_INET);
    if (fd < 0) return -1;
    if (share(fd) != 0) return give_up(fd);
    if (setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof on) != 0) return give_up(fd);
    if (bind_v4(fd, broadcast, port) != 0) return give_up(fd);
    return fd;
}

static int send_by_v4(int fd, uint32_t interface_index, const uint8_t *source) {
    struct ip_mreqn request;
    memset(&request, 0, sizeof request);
    memcpy(&request.imr_address, source, 4);
    request.imr_ifindex = (int)interface_index;
    return setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &request, sizeof request);
}

int mutual_open_sender_v4(const uint8_t *source, uint32_t interface_index) {
    int on = 1;
    int hops = 1;
    int fd = open_datagram(AF_INET);
    if (fd < 0) return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof on) != 0) return give_up(fd);
    if (setsockopt(fd, IPPROTO_IP, IP_MULTICAST_LOOP, &on, sizeof on) != 0) return give_up(fd);
    if (setsockopt(fd, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof hops) != 0) return give_up(fd);
    if (setsockopt(fd, IPPROTO_IP, IP_TTL, &hops, sizeof hops) != 0) return give_up(fd);
    if (send_by_v4(fd, interface_index, source) != 0) return give_up(fd);
    if (bind_v4(fd, source, 0) != 0) return give_up(fd);
    return fd;
}

int mutual_open_sender_v6(const uint8_t *source, uint32_t interface_index) {
    int on = 1;
    int hops = 1;
    int fd = open_datagram(AF_INET6);
    if (fd < 0) return -1;
    if (setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0) return give_up(fd);
    if (setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, &on, sizeof on) != 0) return give_up(fd);
    if (setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops, sizeof hops) != 0) return give_up(fd);
    if (setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &interface_index, sizeof interface_index) != 0) {
        return give_up(fd);
    }
    if (bind_v6(fd, source, 0, interface_index) != 0) return give_up(fd);
    return fd;
}

int mutual_send_v4(int fd, const uint8_t *destination, uint16_t port, const uint8_t *bytes, size_t count) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    memcpy(&address.sin_addr, destination, 4);
    return sendto(fd, bytes, count, 0, (struct sockaddr *)&address, sizeof address) < 0 ? -1 : 0;
}

int mutual_send_v6(int fd, const uint8_t *destination, uint16_t port, uint32_t interface_index, const uint8_t *bytes,
                   size_t count) {
    struct sockaddr_in6 address;
    memset(&address, 0, sizeof address);
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    memcpy(&address.sin6_addr, destination, 16);
    address.sin6_scope_id = interface_index;
    return sendto(fd, bytes, count, 0, (struct sockaddr *)&address, sizeof address) < 0 ? -1 : 0;
}

static uint8_t prefix_length(const uint8_t *mask, size_t count) {
    uint8_t length = 0;
    for (size_t i = 0; i < count; i++) {
        for (int bit = 7; bit >= 0; bit--) {
            if ((mask[i] >> bit & 1) == 0) return length;
            length++;
        }
    }
    return length;
}

static int fill(struct mutual_address *one, const struct ifaddrs *entry) {
    memset(one, 0, sizeof *one);
    if (entry->ifa_addr == NULL || entry->ifa_netmask == NULL || entry->ifa_name == NULL) return 0;
    one->interface_index = if_nametoindex(entry->ifa_name);
    if (one->interface_index == 0 || strlen(entry->ifa_name) >= sizeof one->interface_name) return 0;
    strcpy(one->interface_name, entry->ifa_name);
    one->is_up = (entry->ifa_flags & IFF_UP) != 0 && (entry->ifa_flags & IFF_RUNNING) != 0;
    one->is_loopback = (entry->ifa_flags & IFF_LOOPBACK) != 0;
    if (entry->ifa_addr->sa_family == AF_INET) {
        one->family = 4;
        memcpy(one->address, &((struct sockaddr_in *)entry->ifa_addr)->sin_addr, 4);
        one->prefix_length = prefix_length((uint8_t *)&((struct sockaddr_in *)entry->ifa_netmask)->sin_addr, 4);
        if ((entry->ifa_flags & IFF_BROADCAST) != 0 && entry->ifa_dstaddr != NULL) {
            memcpy(one->broadcast, &((struct sockaddr_in *)entry->ifa_dstaddr)->sin_addr, 4);
        }
        return 1;
    }
    if (entry->ifa_addr->sa_family == AF_INET6) {
        one->family = 6;
        memcpy(one->address, &((struct sockaddr_in6 *)entry->ifa_addr)->sin6_addr, 16);
        one->prefix_length = prefix_length((uint8_t *)&((struct sockaddr_in6 *)entry->ifa_netmask)->sin6_addr, 16);
        return 1;
    }
    return 0;
}

int mutual_list_addresses(struct mutual_address *list, size_t limit) {
    struct ifaddrs *first = NULL;
    if (getifaddrs(&first) != 0) return -1;
    size_t count = 0;
    for (struct ifaddrs *entry = first; entry != NULL && count < limit; entry = entry->ifa_next) {
        if (fill(&list[count], entry)) count++;
    }
    freeifaddrs(first);
    return (int)count;
}

int mutual_open_clock_watch(void) {
#ifdef __linux__
    int fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (fd < 0) return -1;
    struct itimerspec never;
    memset(&never, 0, sizeof never);
    never.it_value.tv_sec = 9000000000L;
    if (timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) != 0) return give_up(fd);
    return fd;
#else
    errno = ENOTSUP;
    return -1;
#endif
}

int mutual_listen_unix(const char *path) {
    struct sockaddr_un address;
    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0) return -1;
    if (prepare(fd) != 0) return give_up(fd);
#ifdef __linux__
    /* The socket's own mode is the one its file gets; the umask of the whole process stays out of it. */
    if (fchmod(fd, 0600) != 0) return give_up(fd);
    int bound = bind(fd, (struct sockaddr *)&address, sizeof address);
#else
    mode_t before = umask(0177);
    int bound = bind(fd, (struct sockaddr *)&address, sizeof address);
    int error = errno;
    umask(before);
    errno = error;
#endif
    if (bound != 0 || listen(fd, 64) != 0) return give_up(fd);
    return fd;
}

int mutual_try_lock(int fd) { return flock(fd, LOCK_EX | LOCK_NB); }

void mutual_wipe(const void *bytes, size_t count) {
    volatile unsigned char *place = (volatile unsigned char *)(uintptr_t)bytes;
    while (place != NULL && count-- > 0) *place++ = 0;
}

void mutual_protect_process(void) {
    /* Whoever asked for traces of crashes by a variable gets none: they show registers and what these point to. */
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT, SIGSYS};
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++) (void)signal(crashes[i], SIG_DFL);
    struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

void mutual_give_memory_back(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#elif defined(__APPLE__)
    malloc_zone_pressure_relief(NULL, 0);
#endif
}
