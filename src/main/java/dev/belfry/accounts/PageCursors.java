package dev.belfry.accounts;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.platform.Refusal;
import dev.belfry.platform.Slice;
import dev.belfry.platform.SortKey;

/**
 * The opaque cursors of lists that are shown by pages. A cursor carries the key that was
 * shown, and not only which item: what became of the item since changes nothing for the
 * next page.
 */
@Component
public class PageCursors {

	private final Seal seal;

	public PageCursors(Seal seal) {
		this.seal = seal;
	}

	public String encode(PagedList list, AccountId account, SortKey key) {
		return this.seal.seal(list.letter(), account,
				list.isSortedByValue() ? withValue(key) : BigInteger.valueOf(key.number()).toByteArray());
	}

	/**
	 * The part of a list that is asked for. Fails with a
	 * {@link dev.belfry.platform.Refusal} that names the argument.
	 */
	public Slice slice(PagedList list, AccountId account, @Nullable Integer first, @Nullable String after) {
		return slice(list, account, first, after, null, null);
	}

	/** Likewise of a list that can be read from both ends. */
	public Slice slice(PagedList list, AccountId account, @Nullable Integer first, @Nullable String after,
			@Nullable Integer last, @Nullable String before) {
		return Slice.of(first, key(list, account, after, "after"), last, key(list, account, before, "before"));
	}

	private @Nullable SortKey key(PagedList list, AccountId account, @Nullable String cursor, String argument) {
		if (cursor == null) {
			return null;
		}
		byte[] content = this.seal.open(list.letter(), account, cursor);
		if (content == null) {
			throw Refusal.cursorInvalid(argument);
		}
		return list.isSortedByValue() ? keyWithValue(content) : SortKey.of(new BigInteger(content).longValueExact());
	}

	private static byte[] withValue(SortKey key) {
		byte[] value = Objects.requireNonNull(key.value()).getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(Long.BYTES + value.length).putLong(key.number()).put(value).array();
	}

	private static SortKey keyWithValue(byte[] content) {
		ByteBuffer bytes = ByteBuffer.wrap(content);
		long number = bytes.getLong();
		return new SortKey(StandardCharsets.UTF_8.decode(bytes).toString(), number);
	}

}
