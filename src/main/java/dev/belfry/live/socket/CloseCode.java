package dev.belfry.live.socket;

/**
 * Why a socket is closed: the codes of {@code graphql-transport-ws}, and those of RFC
 * 6455 on which its clients come again.
 */
enum CloseCode {

	/** A frame has reserved bits, which only an extension may set. */
	RESERVED_BITS(1002, "Reserved bits are set"),
	/** A message in parts is longer than 64 KiB. */
	TOO_BIG(1009, "A message may have 64 KiB"),
	/** The client has not answered two pings. */
	NOT_THERE(1001, "No answer to two pings"),
	/** An event was lost on its way out; the client comes again and goes on. */
	FAILED(1011, "Internal error"),
	/** This node stops; another one takes over. */
	RESTART(1012, "Service restart"),
	/** The token cannot be checked just now. */
	TRY_AGAIN(1013, "Try again later"),
	/** Too many came after it, and it had shown no token yet. */
	GIVES_WAY(1013, "Too many sockets wait for connection_init"),
	/** The message is none of the protocol; the reason says more. */
	INVALID_MESSAGE(4400, "Invalid message"),
	/** An operation came before the acknowledgement. */
	UNAUTHORIZED(4401, "Unauthorized"),
	/** The token is refused or has expired: come again with a new one. */
	FORBIDDEN(4403, "Forbidden"),
	/** The client does not offer {@code graphql-transport-ws}. */
	SUBPROTOCOL(4406, "Subprotocol not acceptable"),
	/** No {@code connection_init} came in time. */
	INIT_TIMEOUT(4408, "Connection initialisation timeout"),
	/** The id is that of a running operation; the reason names it. */
	SUBSCRIBER_EXISTS(4409, "Subscriber already exists"),
	/** More than one {@code connection_init} came. */
	TOO_MANY_INITS(4429, "Too many initialisation requests"),
	/** Its token, account or address has as many as it may; the reason says which. */
	TOO_MANY_SOCKETS(4429, "Too many sockets"),
	/** The client sends faster than a socket may. */
	TOO_MANY_MESSAGES(4429, "Too many messages (belfry.socket.messages)");

	private final int code;

	private final String reason;

	CloseCode(int code, String reason) {
		this.code = code;
		this.reason = reason;
	}

	int code() {
		return this.code;
	}

	String reason() {
		return this.reason;
	}

}
