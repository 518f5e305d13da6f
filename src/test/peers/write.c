/*
 * The least that a server can do for a frame: one write(2) to each socket of an account. It
 * speaks as much HTTP and WebSocket as the benchmark's client asks for, which does not check
 * Sec-WebSocket-Accept. Built by the benchmark: cc -O2 -o write write.c
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SOCKETS = 1 << 16, LONGEST_REQUEST = 1 << 16, LONGEST_NAME = 64, AT_ONCE = 256 };

/* A client; of those that listen, who listens to the same follows by next. */
struct client {
  int socket, length;
  struct client *next;
  struct topic *topic;
  char request[LONGEST_REQUEST];
};

/* What a socket listens to: an account's bell, or its completions. */
struct topic {
  char name[2 * LONGEST_NAME];
  long events;
  struct client *listening;
  struct topic *next;
};

static struct client *clients[MOST_SOCKETS];
static struct topic *topics[4096];

static struct topic *topic(const char *kind, const char *account) {
  char name[2 * LONGEST_NAME];
  snprintf(name, sizeof name, "%s/%s", kind, account);
  unsigned hash = 5381;
  for (char *c = name; *c; c++) hash = hash * 33 + (unsigned char) *c;
  struct topic **at = &topics[hash % 4096];
  while (*at && strcmp((*at)->name, name)) at = &(*at)->next;
  if (!*at) {
    *at = calloc(1, sizeof **at);
    strcpy((*at)->name, name);
  }
  return *at;
}

static int frame(char *to, const char *text, int length) {
  int head = length < 126 ? 2 : 4;
  to[0] = (char) 0x81;
  to[1] = (char) (length < 126 ? length : 126);
  if (head == 4) {
    to[2] = (char) (length >> 8);
    to[3] = (char) length;
  }
  memcpy(to + head, text, length);
  return head + length;
}

static int is_bell(struct topic *of) { return !strncmp(of->name, "bell/", 5); }

/* As many bytes as Belfry's: about 810 for a completion, 240 for a bell. */
static int message(char *to, struct topic *of, const char *run) {
  char text[2048], nodes[1024] = "", recorded[64];
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  strftime(recorded, sizeof recorded, "%Y-%m-%dT%H:%M:%S", gmtime(&now.tv_sec));
  if (is_bell(of)) {
    return frame(to, text, sprintf(text,
      "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"bell\":{\"id\":\"bell_%012d\",\"unseenCount\":%ld,"
      "\"unseenProblemCount\":0,\"unreadCount\":%ld,\"cursor\":\"%016ld\",\"seenThrough\":\"%016d\","
      "\"readThrough\":\"%016d\"}}}}", 0, of->events, of->events, of->events, 0, 0));
  }
  if (run) {
    sprintf(nodes,
      "{\"id\":\"job_%016ld\",\"cursor\":\"%016ld\",\"operation\":{\"key\":\"GET_ORDERS\",\"name\":\"Get Orders\"},"
      "\"operationName\":\"Get Orders\",\"integrationName\":\"Main shop\",\"originName\":\"Shop\","
      "\"outcome\":\"SUCCEEDED\",\"summary\":\"3 orders imported, 0 updated, 0 held, 0 failed\",\"counts\":["
      "{\"name\":\"imported\",\"label\":\"Orders imported\",\"value\":3},"
      "{\"name\":\"updated\",\"label\":\"Orders updated\",\"value\":0},"
      "{\"name\":\"held\",\"label\":\"Orders held\",\"value\":0},"
      "{\"name\":\"failed\",\"label\":\"Orders failed\",\"value\":0}],\"messageCount\":0,"
      "\"startedAt\":\"2026-03-01T09:00:00Z\",\"finishedAt\":\"2026-03-01T09:05:00Z\","
      "\"recordedAt\":\"%s.%06ldZ\",\"runId\":\"%s\"}", of->events, of->events, recorded, now.tv_nsec / 1000, run);
  }
  return frame(to, text, sprintf(text,
    "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"jobNotifications\":{\"nodes\":[%s],"
    "\"startCursor\":\"%016ld\",\"endCursor\":\"%016ld\",\"gap\":null}}}}", nodes, of->events - !!run, of->events));
}

static void send_all(struct topic *to, const char *run) {
  char bytes[2100];
  to->events++;
  int length = message(bytes, to, run);
  for (struct client *each = to->listening; each; each = each->next) {
    if (write(each->socket, bytes, length) != length) abort();
  }
}

/* Copies what stands after a name up to one of the ends. */
static const char *value(const char *in, const char *name, const char *ends, char *to) {
  const char *from = strstr(in, name);
  if (!from) abort();
  from += strlen(name);
  size_t length = strcspn(from, ends);
  if (length >= LONGEST_NAME) abort();
  memcpy(to, from, length);
  to[length] = 0;
  return from + length;
}

static void listen_to(struct client *client) {
  char account[LONGEST_NAME], kind[LONGEST_NAME], bytes[2100];
  value(client->request, "account=", "& ", account);
  value(client->request, "kind=", "& ", kind);
  client->topic = topic(kind, account);
  client->next = client->topic->listening;
  client->topic->listening = client;
  int head = sprintf(bytes, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  int length = head + message(bytes + head, client->topic, NULL);
  if (write(client->socket, bytes, length) != length) abort();
}

static void emit(struct client *client, const char *body) {
  static const char ANSWER[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
  char account[LONGEST_NAME], run[LONGEST_NAME];
  value(body, "\"account\":\"", "\"", account);
  const char *at = strchr(strstr(body, "\"runs\":["), '[') + 1;
  while (*at == '"' || *at == ',') {
    at = value(at, "\"", "\"", run) + 1;
    send_all(topic("jobNotifications", account), run);
    send_all(topic("bell", account), run);
  }
  if (write(client->socket, ANSWER, sizeof ANSWER - 1) < 0) abort();
}

static void leave(struct client *client) {
  if (client->topic) {
    struct client **at = &client->topic->listening;
    while (*at != client) at = &(*at)->next;
    *at = client->next;
  }
  close(client->socket);
  clients[client->socket] = NULL;
  free(client);
}

static void read_from(struct client *client) {
  ssize_t count = read(client->socket, client->request + client->length, LONGEST_REQUEST - 1 - client->length);
  if (count <= 0) {
    leave(client);
    return;
  }
  if (client->topic) return;
  client->length += count;
  client->request[client->length] = 0;
  char *end = strstr(client->request, "\r\n\r\n");
  if (!end) return;
  if (!strncmp(client->request, "GET ", 4)) {
    listen_to(client);
    client->length = 0;
    return;
  }
  char *length = strcasestr(client->request, "\r\ncontent-length:");
  char *body = end + 4;
  if (client->request + client->length - body < (length ? atoi(length + 17) : 0)) return;
  emit(client, body);
  client->length = 0;
}

static void join(int poll, int socket) {
  int yes = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  clients[socket] = calloc(1, sizeof **clients);
  clients[socket]->socket = socket;
  struct epoll_event readable = {.events = EPOLLIN, .data.fd = socket};
  epoll_ctl(poll, EPOLL_CTL_ADD, socket, &readable);
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int server = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0), yes = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(server, (struct sockaddr *) &address, sizeof address) || listen(server, 4096)) return 1;
  struct epoll_event readable = {.events = EPOLLIN, .data.fd = server}, events[AT_ONCE];
  epoll_ctl(poll, EPOLL_CTL_ADD, server, &readable);
  for (;;) {
    int ready = epoll_wait(poll, events, AT_ONCE, -1);
    for (int i = 0; i < ready; i++) {
      if (events[i].data.fd == server) {
        join(poll, accept(server, NULL, NULL));
      }
      else {
        read_from(clients[events[i].data.fd]);
      }
    }
  }
}
