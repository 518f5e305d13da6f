package dev.belfry.ids;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import dev.belfry.viewer.AccountId;

/**
 * Makes the opaque texts that clients hold, ids and cursors, and reads them back. Each is
 * bound to its account and kind by a keyed checksum (HMAC-SHA-256, RFC 2104, cut to 64
 * bits), so one that is garbled, of another kind or of another account reads as null.
 * What not even its holder shall read is hidden instead (AES-GCM).
 */
@Component
public class Seal {

	private static final int CHECKSUM = 8;

	/** A cursor with a name of 255 characters has 1,383. */
	private static final int LONGEST = 1400;

	private static final int LONGEST_HIDDEN = 1024;

	private static final int HASH = 16;

	private static final String ALGORITHM = "HmacSHA256";

	/** In octets, as GCM has it. */
	private static final int NONCE = 12;

	private static final int TAG = 16;

	private final ThreadLocal<Mac> mac;

	private final SecretKeySpec hidingKey;

	@Autowired
	public Seal(Installation installation) {
		this(installation.key());
	}

	public Seal(byte[] key) {
		this.mac = ThreadLocal.withInitial(() -> newMac(key));
		this.hidingKey = new SecretKeySpec(newMac(key).doFinal("hide".getBytes(StandardCharsets.US_ASCII)), "AES");
	}

	public String seal(char kind, AccountId account, byte[] content) {
		ByteBuffer bytes = ByteBuffer.allocate(1 + content.length + CHECKSUM);
		bytes.put((byte) kind).put(content).put(checksum(kind, account, content));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
	}

	public byte @Nullable [] open(char kind, AccountId account, String sealed) {
		Opened opened = open(account, sealed);
		return (opened != null && opened.kind() == kind) ? opened.content() : null;
	}

	@Nullable Opened open(AccountId account, String sealed) {
		byte[] bytes = decode(sealed, LONGEST);
		if (bytes == null || bytes.length <= CHECKSUM) {
			return null;
		}
		char kind = (char) (bytes[0] & 0xff);
		byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length - CHECKSUM);
		return seal(kind, account, content).equals(sealed) ? new Opened(kind, content) : null;
	}

	/** Like a seal of no account, but unreadable. The same content is the same text. */
	public String hide(char kind, byte[] content) {
		byte[] nonce = nonce(kind, content);
		try {
			byte[] hidden = cipher(Cipher.ENCRYPT_MODE, kind, nonce).doFinal(content);
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(ByteBuffer.allocate(NONCE + hidden.length).put(nonce).put(hidden).array());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Null if this was not hidden here, or is of another kind. */
	public byte @Nullable [] reveal(char kind, String hidden) {
		byte[] bytes = decode(hidden, LONGEST_HIDDEN);
		if (bytes == null || bytes.length < NONCE + TAG) {
			return null;
		}
		try {
			byte[] content = cipher(Cipher.DECRYPT_MODE, kind, Arrays.copyOf(bytes, NONCE)).doFinal(bytes, NONCE,
					bytes.length - NONCE);
			return hide(kind, content).equals(hidden) ? content : null;
		}
		catch (AEADBadTagException garbled) {
			return null;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Never the same for two contents, as GCM demands. */
	private byte[] nonce(char kind, byte[] content) {
		Mac mac = this.mac.get();
		mac.update((byte) 0);
		mac.update((byte) kind);
		return Arrays.copyOf(mac.doFinal(content), NONCE);
	}

	private Cipher cipher(int mode, char kind, byte[] nonce) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, this.hidingKey, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
		cipher.updateAAD(new byte[] { (byte) kind });
		return cipher;
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

	private static byte @Nullable [] decode(String text, int longest) {
		if (text.isEmpty() || text.length() > longest) {
			return null;
		}
		try {
			return Base64.getUrlDecoder().decode(text);
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

	/** What was sealed, and as what. */
	record Opened(char kind, byte[] content) {
	}

}
