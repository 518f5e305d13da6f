package dev.belfry.accounts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Makes the opaque texts that clients hold, ids and cursors, and reads them back. Each is
 * bound to its account and kind by a keyed checksum (HMAC-SHA-256, RFC 2104, cut to 64
 * bits), so one that is garbled, of another kind or of another account reads as null.
 */
@Component
public class Seal {

	private static final int CHECKSUM = 8;

	private static final int HASH = 16;

	private static final String ALGORITHM = "HmacSHA256";

	private final ThreadLocal<Mac> mac;

	@Autowired
	public Seal(Installation installation) {
		this(installation.key());
	}

	Seal(byte[] key) {
		this.mac = ThreadLocal.withInitial(() -> newMac(key));
	}

	public String seal(char kind, AccountId account, byte[] content) {
		ByteBuffer bytes = ByteBuffer.allocate(1 + content.length + CHECKSUM);
		bytes.put((byte) kind).put(content).put(checksum(kind, account, content));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
	}

	public byte @Nullable [] open(char kind, AccountId account, String sealed) {
		byte[] bytes = decode(sealed);
		if (bytes == null || bytes.length <= CHECKSUM || bytes[0] != (byte) kind) {
			return null;
		}
		byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length - CHECKSUM);
		byte[] checksum = Arrays.copyOfRange(bytes, bytes.length - CHECKSUM, bytes.length);
		boolean genuine = Arrays.equals(checksum, checksum(kind, account, content));
		return (genuine && seal(kind, account, content).equals(sealed)) ? content : null;
	}

	/**
	 * A hash of a text, by which an account finds it again; without the key it says
	 * nothing of the text.
	 */
	public String hash(char kind, AccountId account, String text) {
		byte[] hash = Arrays.copyOf(mac(kind, account, text.getBytes(StandardCharsets.UTF_8)), HASH);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
	}

	private byte[] checksum(char kind, AccountId account, byte[] content) {
		return Arrays.copyOf(mac(kind, account, content), CHECKSUM);
	}

	private byte[] mac(char kind, AccountId account, byte[] content) {
		Mac mac = this.mac.get();
		mac.update((byte) kind);
		mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, account.value()));
		return mac.doFinal(content);
	}

	private static byte @Nullable [] decode(String sealed) {
		if (sealed.isEmpty() || sealed.length() > 64) {
			return null;
		}
		try {
			return Base64.getUrlDecoder().decode(sealed);
		}
		catch (IllegalArgumentException garbled) {
			return null;
		}
	}

	private static Mac newMac(byte[] key) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
