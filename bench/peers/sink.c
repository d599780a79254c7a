/* sink.c: an SMTP server that takes every message and throws it away, so that senders can be measured.
 *
 *   cc -O2 -o sink sink.c -lssl -lcrypto -lpthread
 *   sink [--address A] [--port N] [--security none|starttls|implicit] [--authority FILE] [--without KEYWORD]...
 *
 *   --port       0, the default, lets the system choose
 *   --security   how TLS 1.3 starts; the certificate, for localhost and 127.0.0.1, is made when the sink starts
 *   --authority  where that certificate is written, for clients to trust
 *   --without    a keyword that EHLO does not offer, such as CHUNKING or PIPELINING; the sink then also refuses it
 *
 * It writes one line when it listens: {"listening":"127.0.0.1","port":40123}
 * A line "report" on its standard input makes it write its counts since the last report, as one JSON line. The end of its standard input, or SIGTERM,
 * makes it write them once more and end: it never outlives whoever started it.
 *
 * A thread serves a connection. Replies are gathered and leave when all input there is has been read, in one write. What is counted:
 *   turns  the sink answered and read again: with nothing more of the client's read already
 *   waits  the turns where nothing more had arrived either: the round trips that the client pays for
 * "octets" are those of message contents, without the stuffed dots and the final one; what was said around them is not in it.
 *
 * It is strict where a fast sender could cheat or err: the order of the commands, CRLF alone ends a line of content, CRLF.CRLF alone ends a content,
 * BDAT takes as many octets as it said, and nothing may follow STARTTLS in clear. Each message has an id of its own in its reply, beside its first
 * recipient, so that a sender can prove whose reply it holds. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    INPUT_SIZE = 256 * 1024,
    OUTPUT_SIZE = 16 * 1024,
    LONGEST_COMMAND = 2048,    /* RFC 5321, 4.5.3.1.4 asks for 512; extensions add to it */
    LONGEST_RECIPIENT = 320,   /* 64 and 255 octets (RFC 5321, 4.5.3.1) and the at sign */
    STACK_SIZE = 256 * 1024,
    CERTIFICATE_DAYS = 30,
};

static const long max_message = 1000L * 1000 * 1000;

/* ---- what is counted ---- */

enum count { CONNECTIONS, MESSAGES, REFUSED, OCTETS, CHUNKS, TURNS, WAITS, HANDSHAKES, RESUMED, LOGINS, COUNTS };

static const char *const count_names[COUNTS] = {
    "connections", "messages", "refused", "octets", "chunks", "turns", "waits", "handshakes", "resumed", "logins",
};

/* A connection counts for itself, without asking the others; the reporter adds up. */
struct connection {
    int socket;
    SSL *tls;
    long number;
    atomic_long counts[COUNTS];
    struct connection *next, *previous;

    bool in_transaction;
    bool has_recipient;
    bool chunking;             /* between the first BDAT and the last */
    bool chunks_failed;
    long chunked;
    char recipient[LONGEST_RECIPIENT + 1];

    size_t start, end;         /* of what was read and not used yet */
    size_t pending;            /* of what is to be written */
    char input[INPUT_SIZE];
    char output[OUTPUT_SIZE];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct connection *open_connections;
static long ended_counts[COUNTS]; /* of the connections that are gone */
static long reported[COUNTS];
static double reported_processor;
static long last_number;

static SSL_CTX *tls_context;
static bool tls_is_implicit;
static bool offers_pipelining = true, offers_chunking = true, offers_size = true, offers_dsn = true, offers_utf8 = true, offers_8bit = true, offers_auth = true;

/* Only the connection's own thread writes, so a plain addition is enough. */
static void count(struct connection *c, enum count what, long by) {
    atomic_store_explicit(&c->counts[what], atomic_load_explicit(&c->counts[what], memory_order_relaxed) + by, memory_order_relaxed);
}

static double processor_seconds(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void report(void) {
    long sum[COUNTS];
    pthread_mutex_lock(&lock);
    memcpy(sum, ended_counts, sizeof sum);
    for (struct connection *c = open_connections; c; c = c->next)
        for (int i = 0; i < COUNTS; i++) sum[i] += atomic_load_explicit(&c->counts[i], memory_order_relaxed);
    double processor = processor_seconds();
    putchar('{');
    for (int i = 0; i < COUNTS; i++) {
        printf("\"%s\":%ld,", count_names[i], sum[i] - reported[i]);
        reported[i] = sum[i];
    }
    printf("\"cpuSeconds\":%.3f}\n", processor - reported_processor);
    reported_processor = processor;
    fflush(stdout);
    pthread_mutex_unlock(&lock);
}

/* ---- octets in and out ---- */

static bool write_all(struct connection *c, const char *from, size_t length) {
    while (length > 0) {
        ssize_t n = c->tls ? SSL_write(c->tls, from, (int)length) : write(c->socket, from, length);
        if (n < 0 && !c->tls && errno == EINTR) continue;
        if (n <= 0) return false;
        from += n;
        length -= (size_t)n;
    }
    return true;
}

static bool flush(struct connection *c) {
    size_t length = c->pending;
    c->pending = 0;
    return write_all(c, c->output, length);
}

static bool more_has_arrived(struct connection *c) {
    struct pollfd one = {.fd = c->socket, .events = POLLIN};
    return poll(&one, 1, 0) > 0;
}

/* Reads more, behind what is there; false at the end of the connection, or where there is no room. */
static bool read_more(struct connection *c) {
    if (c->start == c->end) c->start = c->end = 0;
    if (c->end == INPUT_SIZE) {
        if (c->start == 0) return false;
        memmove(c->input, c->input + c->start, c->end - c->start);
        c->end -= c->start;
        c->start = 0;
    }
    /* A record that TLS has read already belongs to what has arrived: the answers wait for its end. */
    if (c->pending > 0 && !(c->tls && SSL_has_pending(c->tls))) {
        count(c, TURNS, 1);
        /* Asked before the answers leave: what they call forth is what was waited for. */
        if (!more_has_arrived(c)) count(c, WAITS, 1);
        if (!flush(c)) return false;
    }
    for (;;) {
        char *to = c->input + c->end;
        size_t room = INPUT_SIZE - c->end;
        ssize_t n = c->tls ? SSL_read(c->tls, to, (int)room) : read(c->socket, to, room);
        if (n < 0 && !c->tls && errno == EINTR) continue;
        if (n <= 0) return false;
        c->end += (size_t)n;
        return true;
    }
}

static void say_octets(struct connection *c, const char *text, size_t length) {
    /* A write that fails shows at the next read. */
    if (c->pending + length > OUTPUT_SIZE) (void)flush(c);
    memcpy(c->output + c->pending, text, length);
    c->pending += length;
}

static void say(struct connection *c, const char *text) { say_octets(c, text, strlen(text)); }

/* The next line, its CRLF replaced by a NUL; null at the end of the connection, or where no line comes. */
static char *next_line(struct connection *c) {
    size_t searched = 0;
    for (;;) {
        char *line = c->input + c->start;
        char *end = memchr(line + searched, '\n', c->end - c->start - searched);
        if (end) {
            c->start = (size_t)(end + 1 - c->input);
            if (end == line || end[-1] != '\r') return NULL; /* a bare LF: nobody can say what is a command here */
            end[-1] = 0;
            return line;
        }
        searched = c->end - c->start;
        if (searched > LONGEST_COMMAND || !read_more(c)) return NULL;
    }
}

/* ---- contents ---- */

static void end_transaction(struct connection *c) {
    c->in_transaction = c->has_recipient = c->chunking = c->chunks_failed = false;
    c->chunked = 0;
}

static char *put_number(char *to, long number) {
    char digits[24];
    int n = 0;
    do digits[n++] = (char)('0' + number % 10); while ((number /= 10) > 0);
    while (n > 0) *to++ = digits[--n];
    return to;
}

/* 250 2.0.0 taken as CONNECTION-MESSAGE for <RECIPIENT> */
static void take(struct connection *c, long octets) {
    static const char taken[] = "250 2.0.0 taken as ";
    char line[sizeof taken + 64 + LONGEST_RECIPIENT], *at = line;
    count(c, MESSAGES, 1);
    count(c, OCTETS, octets);
    at = stpcpy(at, taken);
    at = put_number(at, c->number);
    *at++ = '-';
    at = put_number(at, atomic_load_explicit(&c->counts[MESSAGES], memory_order_relaxed));
    at = stpcpy(at, " for <");
    at = stpcpy(at, c->recipient);
    at = stpcpy(at, ">\r\n");
    say_octets(c, line, (size_t)(at - line));
    end_transaction(c);
}

static void refuse(struct connection *c, const char *reply) {
    count(c, REFUSED, 1);
    say(c, reply);
    end_transaction(c);
}

/* The compiler makes vector instructions of this; with the LFs counted by their line it tells whether a CR stands alone. */
static long count_of_cr(const char *from, size_t length) {
    long sum = 0;
    while (length > 0) {
        unsigned char block = 0;
        size_t n = length < 255 ? length : 255;
        for (size_t i = 0; i < n; i++) block = (unsigned char)(block + (from[i] == '\r'));
        sum += block;
        from += n;
        length -= n;
    }
    return sum;
}

/* Reads a content up to its final dot. A whole line at a time is looked at: it begins at c->start whenever more is read. */
static bool receive_data(struct connection *c) {
    long octets = 0, line_ends = 0, returns = 0;
    bool bare_feed = false, new_line = true; /* behind a CRLF, or at the beginning: there alone a dot means something */
    for (;;) {
        char *at = c->input + c->start, *limit = c->input + c->end, *first = at, *end;
        while ((end = memchr(at, '\n', (size_t)(limit - at)))) {
            bool whole = end > at && end[-1] == '\r';
            line_ends += whole;
            bare_feed |= !whole;
            if (*at == '.' && new_line) {
                if (whole && end == at + 2) {
                    returns += count_of_cr(first, (size_t)(end - first));
                    c->start = (size_t)(end + 1 - c->input);
                    if (bare_feed || returns != line_ends) refuse(c, "550 5.6.0 a line does not end with CRLF\r\n");
                    else if (octets > max_message) refuse(c, "552 5.3.4 too large\r\n");
                    else take(c, octets);
                    return true;
                }
                octets--; /* the dot that was stuffed */
            }
            octets += end + 1 - at;
            at = end + 1;
            new_line = whole;
        }
        returns += count_of_cr(first, (size_t)(at - first));
        c->start = (size_t)(at - c->input);
        if (!read_more(c)) return false; /* also where a line is longer than all the room there is */
    }
}

static bool drop(struct connection *c, long octets) {
    while (octets > 0) {
        if (c->start == c->end && !read_more(c)) return false;
        long there = (long)(c->end - c->start), used = octets < there ? octets : there;
        c->start += (size_t)used;
        octets -= used;
    }
    return true;
}

/* BDAT SIZE [LAST]. The octets come whatever is wrong with it (RFC 3030, 2), so they are read in any case. */
static bool receive_chunk(struct connection *c, const char *arguments) {
    char *rest;
    errno = 0;
    long octets = strtol(arguments, &rest, 10);
    bool last = !strcasecmp(rest, " LAST");
    if (!offers_chunking || *arguments < '0' || *arguments > '9' || errno || octets > max_message || (*rest && !last)) {
        say(c, "501 5.5.4 BDAT SIZE [LAST]\r\n");
        (void)flush(c);
        return false; /* where the chunk ends, nobody can say */
    }
    count(c, CHUNKS, 1);
    c->chunks_failed |= !c->has_recipient;
    c->chunking = true;
    c->chunked += octets;
    if (!drop(c, octets)) return false;
    if (c->chunks_failed) {
        if (last) refuse(c, "503 5.5.1 no recipient\r\n");
        else say(c, "503 5.5.1 no recipient\r\n");
    } else if (c->chunked > max_message) {
        refuse(c, "552 5.3.4 too large\r\n");
    } else if (last) {
        take(c, c->chunked);
    } else {
        say(c, "250 2.0.0 and then?\r\n");
    }
    return true;
}

/* ---- commands ---- */

static const char *after(const char *line, const char *prefix) {
    size_t length = strlen(prefix);
    return strncasecmp(line, prefix, length) ? NULL : line + length;
}

static void say_hello(struct connection *c) {
    end_transaction(c);
    say(c, "250-sink\r\n");
    if (offers_pipelining) say(c, "250-PIPELINING\r\n");
    if (offers_chunking) say(c, "250-CHUNKING\r\n");
    if (offers_8bit) say(c, "250-8BITMIME\r\n");
    if (offers_utf8) say(c, "250-SMTPUTF8\r\n");
    if (offers_dsn) say(c, "250-DSN\r\n");
    if (offers_size) say(c, "250-SIZE 1000000000\r\n");
    if (tls_context && !c->tls) say(c, "250-STARTTLS\r\n");
    else if (offers_auth) say(c, "250-AUTH PLAIN LOGIN\r\n");
    say(c, "250 ENHANCEDSTATUSCODES\r\n");
}

static void hear_sender(struct connection *c) {
    if (c->in_transaction) {
        say(c, "503 5.5.1 one sender at a time\r\n");
        return;
    }
    end_transaction(c);
    c->in_transaction = true;
    say(c, "250 2.1.0 ok\r\n");
}

static void hear_recipient(struct connection *c, const char *address) {
    if (!c->in_transaction || c->chunking) {
        say(c, "503 5.5.1 who sends?\r\n");
        return;
    }
    const char *from = *address == '<' ? address + 1 : NULL, *to = from ? strchr(from, '>') : NULL;
    if (!to || to == from || to - from > LONGEST_RECIPIENT) {
        say(c, "501 5.1.3 RCPT TO:<address>\r\n");
        return;
    }
    if (!c->has_recipient) {
        memcpy(c->recipient, from, (size_t)(to - from));
        c->recipient[to - from] = 0;
    }
    c->has_recipient = true;
    say(c, "250 2.1.5 ok\r\n");
}

/* Any name and any password is right. */
static bool hear_login(struct connection *c, const char *mechanism) {
    if (!offers_auth || (tls_context && !c->tls)) {
        say(c, "538 5.7.11 not in clear\r\n");
        return true;
    }
    const char *plain = after(mechanism, "PLAIN"), *login = after(mechanism, "LOGIN");
    int asked = plain ? *plain != ' ' : *login == ' ' ? 1 : 2;
    if (!plain && !login) {
        say(c, "504 5.5.4 PLAIN or LOGIN\r\n");
        return true;
    }
    for (int i = 0; i < asked; i++) {
        say(c, plain ? "334 \r\n" : i == 0 && asked == 2 ? "334 VXNlcm5hbWU6\r\n" : "334 UGFzc3dvcmQ6\r\n");
        if (!next_line(c)) return false;
    }
    count(c, LOGINS, 1);
    say(c, "235 2.7.0 welcome\r\n");
    return true;
}

static bool start_tls(struct connection *c) {
    c->tls = SSL_new(tls_context);
    if (!c->tls || SSL_set_fd(c->tls, c->socket) != 1 || SSL_accept(c->tls) != 1) return false;
    count(c, HANDSHAKES, 1);
    if (SSL_session_reused(c->tls)) count(c, RESUMED, 1);
    return true;
}

/* One command; false ends the connection. */
static bool hear(struct connection *c, const char *line) {
    const char *rest;
    if (after(line, "MAIL FROM:<")) hear_sender(c);
    else if ((rest = after(line, "RCPT TO:"))) hear_recipient(c, rest);
    else if (!strcasecmp(line, "DATA")) {
        if (!c->has_recipient || c->chunking) {
            say(c, "503 5.5.1 no recipient\r\n");
            return true;
        }
        /* DATA closes its group (RFC 2920, 3.1): what follows it unasked might be a content or a command. */
        if (c->start != c->end) {
            say(c, "503 5.5.0 something follows DATA\r\n");
            (void)flush(c);
            return false;
        }
        say(c, "354 go on\r\n");
        return receive_data(c);
    } else if ((rest = after(line, "BDAT "))) return receive_chunk(c, rest);
    else if (!strcasecmp(line, "RSET")) {
        end_transaction(c);
        say(c, "250 2.0.0 ok\r\n");
    } else if (after(line, "NOOP")) say(c, "250 2.0.0 ok\r\n");
    else if (after(line, "EHLO ")) say_hello(c);
    else if (after(line, "HELO ")) {
        end_transaction(c);
        say(c, "250 sink\r\n");
    } else if ((rest = after(line, "AUTH "))) return hear_login(c, rest);
    else if (!strcasecmp(line, "STARTTLS") && tls_context && !c->tls) {
        say(c, "220 2.0.0 go\r\n");
        if (c->start != c->end || !flush(c)) return false; /* said in clear, and would be heard as if it were not */
        if (!start_tls(c)) return false;
        end_transaction(c);
    } else if (!strcasecmp(line, "QUIT")) {
        say(c, "221 2.0.0 bye\r\n");
        (void)flush(c);
        return false;
    } else say(c, "500 5.5.1 what?\r\n");
    /* Who may not send ahead is not answered ahead: a client that does so all the same shows. */
    if (!offers_pipelining && c->start != c->end) {
        say(c, "503 5.5.0 one command at a time\r\n");
        (void)flush(c);
        return false;
    }
    return true;
}

static void *serve(void *argument) {
    struct connection *c = argument;
    char *line;
    count(c, CONNECTIONS, 1);
    if (!tls_is_implicit || start_tls(c)) {
        say(c, "220 sink ESMTP\r\n");
        while ((line = next_line(c)) && hear(c, line)) {}
    }
    if (c->tls) {
        (void)SSL_shutdown(c->tls);
        SSL_free(c->tls);
    }
    pthread_mutex_lock(&lock);
    for (int i = 0; i < COUNTS; i++) ended_counts[i] += atomic_load_explicit(&c->counts[i], memory_order_relaxed);
    if (c->previous) c->previous->next = c->next;
    else open_connections = c->next;
    if (c->next) c->next->previous = c->previous;
    pthread_mutex_unlock(&lock);
    close(c->socket);
    free(c);
    return NULL;
}

/* ---- the process ---- */

static void give_up(const char *why) {
    fprintf(stderr, "sink: %s\n", why);
    exit(2);
}

/* A certificate that is its own authority, made anew by each sink. */
static void make_certificate(const char *authority_file) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    X509_NAME *name = X509_NAME_new();
    X509V3_CTX context;
    static const struct { int id; const char *value; } extensions[] = {
        {NID_basic_constraints, "critical,CA:TRUE"},
        {NID_key_usage, "critical,digitalSignature,keyCertSign"},
        {NID_ext_key_usage, "serverAuth"},
        {NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"},
        {NID_subject_key_identifier, "hash"},
    };
    if (!key || !certificate || !name) give_up("no certificate can be made");
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), (long)getpid());
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), CERTIFICATE_DAYS * 86400L);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"localhost", -1, -1, 0);
    X509_set_subject_name(certificate, name);
    X509_set_issuer_name(certificate, name);
    X509_set_pubkey(certificate, key);
    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, extensions[i].id, extensions[i].value);
        if (!extension || !X509_add_ext(certificate, extension, -1)) give_up("no certificate can be made");
        X509_EXTENSION_free(extension);
    }
    if (!X509_sign(certificate, key, EVP_sha256())) give_up("the certificate cannot be signed");
    if (authority_file) {
        FILE *file = fopen(authority_file, "w");
        if (!file || !PEM_write_X509(file, certificate) || fclose(file)) give_up("the file of --authority cannot be written");
    }
    tls_context = SSL_CTX_new(TLS_server_method());
    if (!tls_context || SSL_CTX_use_certificate(tls_context, certificate) != 1 || SSL_CTX_use_PrivateKey(tls_context, key) != 1 ||
        SSL_CTX_set_min_proto_version(tls_context, TLS1_3_VERSION) != 1)
        give_up("TLS cannot be had");
    SSL_CTX_set_read_ahead(tls_context, 1);
    SSL_CTX_set_default_read_buffer_len(tls_context, INPUT_SIZE);
    X509_NAME_free(name);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

static void leave_out(const char *keyword) {
    static const struct { const char *name; bool *offered; } all[] = {
        {"PIPELINING", &offers_pipelining}, {"CHUNKING", &offers_chunking}, {"SIZE", &offers_size}, {"DSN", &offers_dsn},
        {"SMTPUTF8", &offers_utf8}, {"8BITMIME", &offers_8bit}, {"AUTH", &offers_auth},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcasecmp(keyword, all[i].name)) {
            *all[i].offered = false;
            return;
        }
    give_up("--without takes PIPELINING, CHUNKING, SIZE, DSN, SMTPUTF8, 8BITMIME or AUTH");
}

static void *take_orders(void *unused) {
    char line[64];
    (void)unused;
    while (fgets(line, sizeof line, stdin))
        if (!strcmp(line, "report\n")) report();
    kill(getpid(), SIGTERM);
    return NULL;
}

static void *wait_for_end(void *set) {
    int number;
    sigwait(set, &number);
    report();
    _exit(0);
}

static void start_thread(const pthread_attr_t *attributes, void *(*run)(void *), void *argument) {
    pthread_t thread;
    if (pthread_create(&thread, attributes, run, argument)) give_up("no thread can be started");
}

static void accept_all(int listener, const pthread_attr_t *attributes) {
    for (;;) {
        int one = 1, socket = accept(listener, NULL, NULL);
        if (socket < 0) {
            if (errno == EMFILE || errno == ENFILE) give_up("too many connections for the limit of open files (ulimit -n)");
            continue;
        }
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        /* Not calloc: the buffers need no zeros, and touching them would cost more than a short connection does. */
        struct connection *c = malloc(sizeof *c);
        if (!c) give_up("no memory");
        memset(c, 0, offsetof(struct connection, input));
        c->socket = socket;
        pthread_mutex_lock(&lock);
        c->number = ++last_number;
        c->next = open_connections;
        if (c->next) c->next->previous = c;
        open_connections = c;
        pthread_mutex_unlock(&lock);
        start_thread(attributes, serve, c);
    }
}

int main(int argc, char **argv) {
    const char *address = "127.0.0.1", *security = "none", *authority = NULL;
    int port = 0, one = 1;
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc) give_up("an option without its value");
        if (!strcmp(argv[i], "--address")) address = argv[i + 1];
        else if (!strcmp(argv[i], "--port")) port = atoi(argv[i + 1]);
        else if (!strcmp(argv[i], "--security")) security = argv[i + 1];
        else if (!strcmp(argv[i], "--authority")) authority = argv[i + 1];
        else if (!strcmp(argv[i], "--without")) leave_out(argv[i + 1]);
        else give_up("usage: sink [--address A] [--port N] [--security none|starttls|implicit] [--authority FILE] [--without KEYWORD]...");
    }
    tls_is_implicit = !strcmp(security, "implicit");
    if (tls_is_implicit || !strcmp(security, "starttls")) make_certificate(authority);
    else if (strcmp(security, "none")) give_up("--security is none, starttls or implicit");

    static sigset_t ending;
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, NULL);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    socklen_t length = sizeof at;
    if (inet_pton(AF_INET, address, &at.sin_addr) != 1) give_up("--address is an IPv4 address");
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 1024) || getsockname(listener, (struct sockaddr *)&at, &length))
        give_up(strerror(errno));
    printf("{\"listening\":\"%s\",\"port\":%d}\n", address, ntohs(at.sin_port));
    fflush(stdout);
    reported_processor = processor_seconds();
    start_thread(&attributes, wait_for_end, &ending);
    start_thread(&attributes, take_orders, NULL);
    accept_all(listener, &attributes);
}
