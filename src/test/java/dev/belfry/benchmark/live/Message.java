package dev.belfry.benchmark.live;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Looks for the few things that the client wants to know of a message, in one pass over
 * its bytes and without making objects.
 */
final class Message {

	private static final byte[] TYPE = key("type");

	private static final byte[] RECORDED_AT = key("recordedAt");

	private static final byte[] RUN_ID = key("runId");

	private static final byte[] UNSEEN_COUNT = "\"unseenCount\":".getBytes(StandardCharsets.US_ASCII);

	private static final int TO_THE_SECOND = "2026-01-01T00:00:00".length();

	private final byte[] second = new byte[TO_THE_SECOND];

	private long secondMicros;

	private byte[] bytes = {};

	private int length;

	/** Where the type begins, or 0. */
	private int type;

	private int unseenCount;

	private int completions;

	/** Reads a message, and tells of each completion in it. */
	void read(byte[] message, int messageLength, CompletionListener listener) {
		this.bytes = message;
		this.length = messageLength;
		this.type = 0;
		this.unseenCount = -1;
		this.completions = 0;
		long recordedAt = 0;
		for (int i = 0; i < messageLength - 1; i++) {
			if (message[i] != '"') {
				continue;
			}
			switch (message[i + 1]) {
				case 't' -> this.type = matches(TYPE, i) ? i + TYPE.length : this.type;
				case 'u' -> this.unseenCount = matches(UNSEEN_COUNT, i) ? (int) number(i + UNSEEN_COUNT.length)
						: this.unseenCount;
				case 'r' -> {
					if (matches(RECORDED_AT, i)) {
						recordedAt = micros(i + RECORDED_AT.length);
						this.completions++;
					}
					else if (matches(RUN_ID, i)) {
						listener.completion(runNumber(i + RUN_ID.length), recordedAt);
					}
				}
				default -> {
				}
			}
		}
	}

	boolean isOfType(String name) {
		return this.type + name.length() < this.length
				&& name.equals(new String(this.bytes, this.type, name.length(), StandardCharsets.US_ASCII));
	}

	boolean isNext() {
		return this.type > 0 && this.bytes[this.type] == 'n';
	}

	/** The badge of a bell, or -1. */
	int unseenCount() {
		return this.unseenCount;
	}

	int completions() {
		return this.completions;
	}

	@Override
	public String toString() {
		return new String(this.bytes, 0, this.length, StandardCharsets.UTF_8);
	}

	private boolean matches(byte[] key, int at) {
		if (at + key.length > this.length) {
			return false;
		}
		for (int i = 2; i < key.length; i++) {
			if (this.bytes[at + i] != key[i]) {
				return false;
			}
		}
		return true;
	}

	private long number(int at) {
		long number = 0;
		for (int i = at; this.bytes[i] >= '0' && this.bytes[i] <= '9'; i++) {
			number = number * 10 + this.bytes[i] - '0';
		}
		return number;
	}

	/** A run's id ends in a hyphen and its number. */
	private int runNumber(int at) {
		int number = at;
		for (int i = at; this.bytes[i] != '"'; i++) {
			number = (this.bytes[i] == '-') ? i + 1 : number;
		}
		return (int) number(number);
	}

	/**
	 * An instant in UTC. What is of the same second as the one before is not parsed
	 * again.
	 */
	private long micros(int at) {
		boolean same = true;
		for (int i = 0; i < TO_THE_SECOND; i++) {
			same &= this.second[i] == this.bytes[at + i];
			this.second[i] = this.bytes[at + i];
		}
		if (!same) {
			String text = new String(this.second, StandardCharsets.US_ASCII) + "Z";
			this.secondMicros = Instant.parse(text).getEpochSecond() * 1_000_000;
		}
		long fraction = 0;
		int unit = 100_000;
		for (int i = at + TO_THE_SECOND + 1; this.bytes[i] >= '0' && this.bytes[i] <= '9'; i++) {
			fraction += (this.bytes[i] - '0') * unit;
			unit /= 10;
		}
		return this.secondMicros + fraction;
	}

	private static byte[] key(String name) {
		return ("\"" + name + "\":\"").getBytes(StandardCharsets.US_ASCII);
	}

	/** Is told of completions. */
	interface CompletionListener {

		/**
		 * One completion.
		 * @param recordedAt in microseconds since 1970
		 */
		void completion(int run, long recordedAt);

	}

}
