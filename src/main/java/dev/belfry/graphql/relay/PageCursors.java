package dev.belfry.graphql.relay;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import dev.belfry.ids.Installation;
import dev.belfry.ids.Seal;
import dev.belfry.input.Refusal;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;

/**
 * The opaque cursors of lists that are shown by pages. A cursor carries the key that was
 * shown, and not only which item: what became of the item since changes nothing for the
 * next page.
 */
@Component
public class PageCursors {

	private final Seal seal;

	private final IntSupplier epoch;

	@Autowired
	PageCursors(Seal seal, Installation installation) {
		this(seal, () -> installation.epoch().number());
	}

	PageCursors(Seal seal, IntSupplier epoch) {
		this.seal = seal;
		this.epoch = epoch;
	}

	public String encode(PagedList list, AccountId account, SortKey key) {
		return this.seal.seal(list.letter(), account, switch (list.key()) {
			case NUMBER -> BigInteger.valueOf(key.number()).toByteArray();
			case VALUE -> withValue(key);
			case EPOCH -> ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
				.putInt(this.epoch.getAsInt())
				.putLong(key.number())
				.array();
		});
	}

	/** The key that a cursor carries, or null if it is none of this list as it is now. */
	public @Nullable SortKey decode(PagedList list, AccountId account, String cursor) {
		byte[] content = this.seal.open(list.letter(), account, cursor);
		return (content != null) ? key(list, content) : null;
	}

	/**
	 * Likewise of the cursor that is given as this argument, null if none is given. Fails
	 * with a {@link Refusal} that names the argument.
	 */
	public @Nullable SortKey decode(PagedList list, AccountId account, @Nullable String cursor, String argument) {
		SortKey key = (cursor != null) ? decode(list, account, cursor) : null;
		if (cursor != null && key == null) {
			throw Refusal.cursorInvalid(argument);
		}
		return key;
	}

	/**
	 * The part of a list that is asked for. Fails with a {@link Refusal} that names the
	 * argument.
	 */
	public PageRequest page(PagedList list, AccountId account, @Nullable Integer first, @Nullable String after,
			@Nullable Integer last, @Nullable String before) {
		return PageRequest.of(first, decode(list, account, after, "after"), last,
				decode(list, account, before, "before"), (key) -> encode(list, account, key));
	}

	/** Null if it is of another epoch. */
	private @Nullable SortKey key(PagedList list, byte[] content) {
		ByteBuffer bytes = ByteBuffer.wrap(content);
		return switch (list.key()) {
			case NUMBER -> SortKey.of(new BigInteger(content).longValueExact());
			case VALUE -> withValue(bytes);
			case EPOCH -> (bytes.getInt() == this.epoch.getAsInt()) ? SortKey.of(bytes.getLong()) : null;
		};
	}

	private static byte[] withValue(SortKey key) {
		byte[] value = Objects.requireNonNull(key.value()).getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(Long.BYTES + value.length).putLong(key.number()).put(value).array();
	}

	private static SortKey withValue(ByteBuffer bytes) {
		long number = bytes.getLong();
		return new SortKey(StandardCharsets.UTF_8.decode(bytes).toString(), number);
	}

}
