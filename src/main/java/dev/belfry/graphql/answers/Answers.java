package dev.belfry.graphql.answers;

import java.io.IOException;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.util.FastByteArrayOutputStream;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.input.Refusal;

/**
 * Writes answers as JSON. One that grows beyond the longest that a node may hold is given
 * up there, and what was written is let go.
 */
@Component
@EnableConfigurationProperties(AnswerSettings.class)
public final class Answers {

	private final JsonMapper json;

	private final DataSize longest;

	@Autowired
	Answers(JsonMapper json, AnswerSettings settings) {
		this(json, settings.longestAnswer());
	}

	public Answers(JsonMapper json, DataSize longest) {
		this.json = json;
		this.longest = longest;
	}

	/**
	 * An answer, or a part of one, as JSON.
	 * @throws Refusal if it is too long
	 */
	public byte[] write(Object answer) {
		Bytes bytes = new Bytes(this.longest.toBytes());
		try {
			this.json.writeValue(bytes, answer);
			return bytes.toByteArrayUnsafe();
		}
		catch (JacksonException failure) {
			throw bytes.full ? tooLong() : failure;
		}
	}

	private RuntimeException tooLong() {
		return Refusal.of(Refusal.Code.ANSWER_TOO_LARGE, "The answer is larger than " + this.longest.toBytes()
				+ " bytes. Ask for fewer items, or for fewer fields of each.");
	}

	/** As many as there may be. */
	private static final class Bytes extends FastByteArrayOutputStream {

		private final long most;

		private boolean full;

		Bytes(long most) {
			this.most = most;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			if (size() + (long) length > this.most) {
				this.full = true;
				throw new IOException("Too long");
			}
			super.write(bytes, offset, length);
		}

	}

}
