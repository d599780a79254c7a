/* delay.c: passes TCP connections on and delays every octet, each way, by the same time, as a long line does; there is no limit of bandwidth.
 *
 *   cc -O2 -o delay delay.c
 *   delay --to PORT [--port N] [--milliseconds M]
 *
 *   --to            the port on 127.0.0.1 that connections are passed on to
 *   --port          the port on 127.0.0.1 to listen at; 0, the default, lets the system choose
 *   --milliseconds  the delay of one way, 20 by default: a round trip takes twice that
 *
 * It writes one line when it listens: {"listening":"127.0.0.1","port":40124}. The end of its standard input, or a signal, ends it.
 *
 * The connection to the server is made three one-way delays after the client's: TCP's own handshake takes a round trip, and its last acknowledgement half
 * of one more before the server speaks. What is not there: TCP's slow start, whose windows the loopback interface never sees delayed. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { READ_SIZE = 256 * 1024, MOST_UNDER_WAY = 64 * 1024 * 1024 };

/* What was read at one time; length 0 is the end of the stream. */
struct piece {
    struct piece *next;
    long long due;
    size_t length, written;
    char octets[];
};

struct way {
    struct piece *first, *last;
    size_t under_way;
    bool ended;   /* nothing more will be read */
    bool closed;  /* the end has been passed on */
    bool blocked; /* the receiver's buffer is full */
};

struct pair {
    struct pair *next;
    int socket[2];   /* the client's and the server's; -1 while there is none */
    struct way way[2]; /* from the client, from the server */
    long long connect_due;
    bool broken;
};

static struct pair *pairs;
static long long delay_of_one_way = 20 * 1000000LL;
static char buffer[READ_SIZE];

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void give_up(const char *why) {
    fprintf(stderr, "delay: %s\n", why);
    exit(2);
}

static void set_up(int socket) {
    int one = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(socket, F_SETFL, O_NONBLOCK);
}

static void add(struct way *way, const char *octets, size_t length) {
    struct piece *piece = malloc(sizeof *piece + length);
    if (!piece) give_up("no memory");
    *piece = (struct piece){.due = now() + delay_of_one_way, .length = length};
    memcpy(piece->octets, octets, length);
    if (way->last) way->last->next = piece;
    else way->first = piece;
    way->last = piece;
    way->under_way += length;
}

static void read_from(struct pair *pair, int side) {
    struct way *way = &pair->way[side];
    ssize_t n = read(pair->socket[side], buffer, sizeof buffer);
    if (n > 0) add(way, buffer, (size_t)n);
    else if (n == 0) {
        add(way, buffer, 0);
        way->ended = true;
    } else if (errno != EAGAIN && errno != EINTR) pair->broken = true;
}

static void write_due(struct pair *pair, int side, long long time) {
    struct way *way = &pair->way[side];
    int to = pair->socket[1 - side];
    way->blocked = false;
    while (to >= 0 && way->first && way->first->due <= time) {
        struct piece *piece = way->first;
        while (piece->written < piece->length) {
            ssize_t n = write(to, piece->octets + piece->written, piece->length - piece->written);
            if (n < 0 && errno == EAGAIN) {
                way->blocked = true;
                return;
            }
            if (n < 0 && errno != EINTR) {
                pair->broken = true;
                return;
            }
            if (n > 0) piece->written += (size_t)n;
        }
        if (piece->length == 0) {
            shutdown(to, SHUT_WR);
            way->closed = true;
        }
        way->first = piece->next;
        if (!way->first) way->last = NULL;
        way->under_way -= piece->length;
        free(piece);
    }
}

static void connect_due(struct pair *pair, const struct sockaddr_in *server, long long time) {
    if (pair->socket[1] >= 0 || pair->connect_due > time) return;
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s < 0 || connect(s, (const struct sockaddr *)server, sizeof *server)) {
        if (s >= 0) close(s);
        pair->broken = true;
        return;
    }
    set_up(s);
    pair->socket[1] = s;
}

static void accept_one(int listener) {
    int s = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (s < 0) return;
    struct pair *pair = calloc(1, sizeof *pair);
    if (!pair) give_up("no memory");
    set_up(s);
    pair->socket[0] = s;
    pair->socket[1] = -1;
    pair->connect_due = now() + 3 * delay_of_one_way;
    pair->next = pairs;
    pairs = pair;
}

static void remove_ended(void) {
    for (struct pair **at = &pairs; *at;) {
        struct pair *pair = *at;
        if (!pair->broken && !(pair->way[0].closed && pair->way[1].closed)) {
            at = &pair->next;
            continue;
        }
        *at = pair->next;
        for (int side = 0; side < 2; side++) {
            if (pair->socket[side] >= 0) close(pair->socket[side]);
            while (pair->way[side].first) {
                struct piece *piece = pair->way[side].first;
                pair->way[side].first = piece->next;
                free(piece);
            }
        }
        free(pair);
    }
}

/* How long nothing is due. */
static long long until_next(long long time) {
    long long next = -1;
    for (struct pair *pair = pairs; pair; pair = pair->next) {
        long long due[3] = {-1, -1, pair->socket[1] < 0 ? pair->connect_due : -1};
        for (int side = 0; side < 2; side++)
            if (pair->way[side].first && !pair->way[side].blocked && pair->socket[1] >= 0) due[side] = pair->way[side].first->due;
        for (int i = 0; i < 3; i++)
            if (due[i] >= 0 && (next < 0 || due[i] < next)) next = due[i];
    }
    return next < 0 ? -1 : next > time ? next - time : 0;
}

static void run(int listener, const struct sockaddr_in *server) {
    struct pollfd *polled = NULL;
    size_t room = 0;
    for (;;) {
        size_t count = 2, used = 2;
        for (struct pair *pair = pairs; pair; pair = pair->next) count += 2;
        if (count > room) {
            room = count * 2;
            polled = realloc(polled, room * sizeof *polled);
            if (!polled) give_up("no memory");
        }
        polled[0] = (struct pollfd){.fd = listener, .events = POLLIN};
        polled[1] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
        for (struct pair *pair = pairs; pair; pair = pair->next)
            for (int side = 0; side < 2; side++) {
                bool reads = !pair->way[side].ended && pair->way[side].under_way < MOST_UNDER_WAY, writes = pair->way[1 - side].blocked;
                /* A socket of which nothing is wanted is left out: poll would tell of its end again and again. */
                polled[used++] = (struct pollfd){
                    .fd = reads || writes ? pair->socket[side] : -1,
                    .events = (short)((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)),
                };
            }
        long long wait = until_next(now());
        struct timespec time = {.tv_sec = wait / 1000000000, .tv_nsec = wait % 1000000000};
        if (ppoll(polled, used, wait < 0 ? NULL : &time, NULL) < 0 && errno != EINTR) give_up(strerror(errno));

        used = 2;
        for (struct pair *pair = pairs; pair; pair = pair->next)
            for (int side = 0; side < 2; side++, used++)
                if (polled[used].revents & (POLLIN | POLLHUP | POLLERR) && !pair->way[side].ended) read_from(pair, side);
        long long moment = now();
        for (struct pair *pair = pairs; pair; pair = pair->next) {
            connect_due(pair, server, moment);
            for (int side = 0; side < 2; side++) write_due(pair, side, moment);
        }
        remove_ended();
        if (polled[0].revents) accept_one(listener);
        if (polled[1].revents && read(STDIN_FILENO, buffer, sizeof buffer) <= 0) exit(0);
    }
}

int main(int argc, char **argv) {
    int port = 0, to = 0, one = 1;
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc) give_up("an option without its value");
        if (!strcmp(argv[i], "--to")) to = atoi(argv[i + 1]);
        else if (!strcmp(argv[i], "--port")) port = atoi(argv[i + 1]);
        else if (!strcmp(argv[i], "--milliseconds")) delay_of_one_way = (long long)(atof(argv[i + 1]) * 1e6);
        else give_up("usage: delay --to PORT [--port N] [--milliseconds M]");
    }
    if (to < 1 || to > 65535) give_up("--to is the port to pass connections on to, 1 to 65535");
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((unsigned short)to), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof at;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 1024) || getsockname(listener, (struct sockaddr *)&at, &length))
        give_up(strerror(errno));
    printf("{\"listening\":\"127.0.0.1\",\"port\":%d}\n", ntohs(at.sin_port));
    fflush(stdout);
    run(listener, &server);
}
