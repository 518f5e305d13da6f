package dev.belfry.live.sse;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/**
 * An event as HTML has it (section 9.2, "Server-sent events").
 *
 * @param head all before the data
 * @param data one line
 * @param taken runs when the network takes it
 */
record SseEvent(String head, byte[] data, Runnable taken) {

	private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

	private static final Runnable NO_MATTER = () -> {
	};

	/**
	 * A result.
	 * @param id the cursor with which a client goes on from here
	 */
	static SseEvent next(byte[] result, @Nullable String id) {
		String named = (id != null) ? "id: " + id + "\n" : "";
		return new SseEvent("event: next\n" + named + "data: ", result, NO_MATTER);
	}

	static SseEvent complete() {
		return new SseEvent("event: complete\ndata: ", NOTHING, NO_MATTER);
	}

	/** Says only that the server is there. */
	static SseEvent comment() {
		return new SseEvent(":", new byte[0], NO_MATTER);
	}

	SseEvent whenTaken(Runnable taken) {
		return new SseEvent(this.head, this.data, taken);
	}

	DataBuffer taken(DataBufferFactory buffers) {
		this.taken.run();
		DataBuffer text = buffers.allocateBuffer(this.head.length() + this.data.length + END.length);
		return text.write(this.head.getBytes(StandardCharsets.US_ASCII)).write(this.data).write(END);
	}

}
