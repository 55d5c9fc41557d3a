#ifndef MUTUAL_CPLATFORM_H
#define MUTUAL_CPLATFORM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// The user on the other end of a connected Unix socket. 0, or -1 with errno set.
int mutual_peer_uid(int fd, uid_t *uid);

/// A nonblocking socket that becomes readable when links or addresses change. -1 with errno set.
int mutual_open_route_socket(void);

/// A descriptor whose read fails as soon as the wall clock is set or the machine wakes; -1 where there is none.
int mutual_open_clock_watch(void);

/// One address of one interface.
struct mutual_address {
    uint32_t interface_index;
    char interface_name[32];
    int is_up;
    int is_loopback;
    /// 4 or 6.
    uint8_t family;
    uint8_t prefix_length;
    /// 4 or 16 bytes, network order.
    uint8_t address[16];
    /// 4 bytes; zeros where the interface has no IPv4 broadcast.
    uint8_t broadcast[4];
};

/// Lists the addresses of all interfaces in the kernel's order: how many were written, at most `limit`; -1 with errno.
int mutual_list_addresses(struct mutual_address *list, size_t limit);

/// A bound IPv4 datagram socket for one interface's group (4 bytes): joined there only, or -1 with errno set.
int mutual_open_group_v4(const uint8_t *group, uint16_t port, uint32_t interface_index);

/// A bound IPv6 datagram socket for one interface's group (16 bytes): joined there only, or -1 with errno set.
int mutual_open_group_v6(const uint8_t *group, uint16_t port, uint32_t interface_index);

/// A datagram socket bound to an IPv4 broadcast address (4 bytes), or -1 with errno set.
int mutual_open_broadcast_v4(const uint8_t *broadcast, uint16_t port);

/// A datagram socket that sends from `source` (4 bytes) on one interface with hop limit 1, or -1 with errno set.
int mutual_open_sender_v4(const uint8_t *source, uint32_t interface_index);

/// The same for a link-local IPv6 source (16 bytes).
int mutual_open_sender_v6(const uint8_t *source, uint32_t interface_index);

/// Sends one datagram without waiting. 0, or -1 with errno set.
int mutual_send_v4(int fd, const uint8_t *destination, uint16_t port, const uint8_t *bytes, size_t count);

/// The same for IPv6.
int mutual_send_v6(int fd, const uint8_t *destination, uint16_t port, uint32_t interface_index, const uint8_t *bytes,
                   size_t count);

/// A listening Unix socket at `path` that only its owner may open (mode 0600 from its first moment), or -1 with errno.
int mutual_listen_unix(const char *path);

/// Takes the exclusive lock of an open file without waiting. 0, or -1 with errno set.
int mutual_try_lock(int fd);

/// Overwrites bytes that nobody reads any more, in a way that no compiler leaves out.
void mutual_wipe(const void *bytes, size_t count);

/// No core file, no look into this process by others of the same user, and no trace of a crash, which would show memory.
void mutual_protect_process(void);

/// Gives memory that is free, but still held by the allocator, back to the system.
void mutual_give_memory_back(void);

#endif
