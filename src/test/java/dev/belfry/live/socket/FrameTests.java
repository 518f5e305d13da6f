package dev.belfry.live.socket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.RawWebSocket.Frame;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** The frames of RFC 6455, right and wrong, at the socket of GraphQL. */
@BelfryTest
class FrameTests {

	private static final int FIRST_TEXT = 0x01;

	private static final int MIDDLE = 0x00;

	private static final int LAST = 0x80;

	private static final int BINARY = 0x82;

	private static final byte[] PING = utf8("{\"type\":\"ping\"}");

	private static final Map<String, Object> PONG = Map.of("type", "pong");

	private static final byte[] NO_UTF8 = { '"', (byte) 0xc3, 0x28, '"' };

	private static final int LONGEST = 1 << 16;

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String account = "shop-" + UUID.randomUUID();

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.account);
	}

	static Stream<Arguments> goodFrames() {
		return Stream.of(good("one frame", (socket) -> socket.sendFrame(RawWebSocket.TEXT, PING)),
				good("binary", (socket) -> socket.sendFrame(BINARY, PING)), good("in three parts", (socket) -> {
					socket.sendFrame(FIRST_TEXT, part(PING, 0, 5));
					socket.sendFrame(MIDDLE, part(PING, 5, 9));
					socket.sendFrame(LAST, part(PING, 9, PING.length));
				}), good("a character in two parts", (socket) -> {
					byte[] text = utf8("{\"type\":\"ping\",\"payload\":{\"a\":\"é\"}}");
					int middle = text.length - 4;
					socket.sendFrame(FIRST_TEXT, part(text, 0, middle));
					socket.sendFrame(LAST, part(text, middle, text.length));
				}), good("empty parts", (socket) -> {
					socket.sendFrame(FIRST_TEXT, new byte[0]);
					socket.sendFrame(MIDDLE, PING);
					socket.sendFrame(LAST, new byte[0]);
				}), good("64 KiB", (socket) -> socket.sendFrame(RawWebSocket.TEXT, padded(LONGEST))),
				good("64 KiB in parts", (socket) -> {
					byte[] text = padded(LONGEST);
					socket.sendFrame(FIRST_TEXT, part(text, 0, LONGEST / 2));
					socket.sendFrame(LAST, part(text, LONGEST / 2, LONGEST));
				}));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("goodFrames")
	void takesGoodFrames(String name, Consumer<RawWebSocket> frames) {
		try (RawWebSocket socket = RawWebSocket.connect(this.port)) {
			frames.accept(socket.init(TestTokens.owner(this.account)));

			assertThat(socket.message()).isEqualTo(PONG);
		}
	}

	static Stream<Arguments> badFrames() {
		return Stream.of(bad("not masked", 1002, (socket) -> socket.sendUnmasked(RawWebSocket.TEXT, PING)),
				bad("reserved bit 1", 1002, (socket) -> socket.sendFrame(0xc1, PING)),
				bad("reserved bit 2", 1002, (socket) -> socket.sendFrame(0xa1, PING)),
				bad("reserved bit 3", 1002, (socket) -> socket.sendFrame(0x91, PING)),
				bad("reserved kind 3", 1002, (socket) -> socket.sendFrame(0x83, PING)),
				bad("reserved control kind 11", 1002, (socket) -> socket.sendFrame(0x8b, new byte[0])),
				bad("ping of 126 bytes", 1002, (socket) -> socket.sendFrame(RawWebSocket.PING, new byte[126])),
				bad("ping in parts", 1002, (socket) -> socket.sendFrame(0x09, new byte[1])),
				bad("part of nothing", 1002, (socket) -> socket.sendFrame(LAST, PING)),
				bad("text in a text", 1002, (socket) -> {
					socket.sendFrame(FIRST_TEXT, part(PING, 0, 5));
					socket.sendFrame(RawWebSocket.TEXT, PING);
				}), bad("close of one byte", 1002, (socket) -> socket.sendFrame(RawWebSocket.CLOSE, new byte[] { 3 })),
				bad("text that is not UTF-8", 1007, (socket) -> socket.sendFrame(RawWebSocket.TEXT, NO_UTF8)),
				bad("part that is not UTF-8", 1007, (socket) -> {
					socket.sendFrame(FIRST_TEXT, utf8("{\"type\":"));
					socket.sendFrame(LAST, NO_UTF8);
				}), bad("half a character", 1007, (socket) -> socket.sendFrame(RawWebSocket.TEXT, part(NO_UTF8, 0, 2))),
				bad("64 KiB and a byte", 1009, (socket) -> socket.sendFrame(RawWebSocket.TEXT, padded(LONGEST + 1))),
				bad("64 KiB and a byte in parts", 1009, (socket) -> {
					byte[] text = padded(LONGEST + 1);
					socket.sendFrame(FIRST_TEXT, part(text, 0, LONGEST / 2));
					socket.sendFrame(LAST, part(text, LONGEST / 2, LONGEST + 1));
				}));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("badFrames")
	void closesOnBadFrames(String name, int code, Consumer<RawWebSocket> frames) {
		try (RawWebSocket socket = RawWebSocket.connect(this.port)) {
			frames.accept(socket.init(TestTokens.owner(this.account)));

			assertThat(socket.closing().code()).isEqualTo(code);
		}
	}

	@Test
	void answersAPingWithItsOwnWordsAlsoAmongTheParts() {
		try (RawWebSocket socket = RawWebSocket.connect(this.port)) {
			socket.init(TestTokens.owner(this.account)).sendFrame(FIRST_TEXT, part(PING, 0, 5));
			socket.sendFrame(RawWebSocket.PING, utf8("are you there"));
			socket.sendFrame(LAST, part(PING, 5, PING.length));

			Frame pong = socket.frame();
			assertThat(pong.firstByte()).isEqualTo(RawWebSocket.PONG);
			assertThat(pong.payload()).isEqualTo(utf8("are you there"));
			assertThat(socket.message()).isEqualTo(PONG);
		}
	}

	@Test
	void answersACloseWithItsCode() {
		for (int code : new int[] { 1000, 1001, 1011, 3000, 4999 }) {
			try (RawWebSocket socket = RawWebSocket.connect(this.port)) {
				socket.init(TestTokens.owner(this.account)).sendFrame(RawWebSocket.CLOSE, code(code));

				assertThat(socket.closing().code()).isEqualTo(code);
			}
		}
	}

	/** Who closes wrongly is not told so, which RFC 6455 (section 7.1.7) leaves open. */
	@Test
	void cutsWhoClosesWithACodeThatNobodyMaySend() {
		for (int code : new int[] { 0, 999, 1004, 1005, 1006, 1015, 2999 }) {
			try (RawWebSocket socket = RawWebSocket.connect(this.port)) {
				socket.init(TestTokens.owner(this.account)).sendFrame(RawWebSocket.CLOSE, code(code));

				assertThat(socket.closing()).isEqualTo(Frame.END);
			}
		}
	}

	private static Arguments good(String name, Consumer<RawWebSocket> frames) {
		return Arguments.of(name, frames);
	}

	private static Arguments bad(String name, int code, Consumer<RawWebSocket> frames) {
		return Arguments.of(name, code, frames);
	}

	private static byte[] padded(int length) {
		byte[] text = new byte[length];
		Arrays.fill(text, (byte) ' ');
		System.arraycopy(PING, 0, text, 0, PING.length);
		return text;
	}

	private static byte[] code(int code) {
		return new byte[] { (byte) (code >> 8), (byte) code };
	}

	private static byte[] part(byte[] all, int from, int to) {
		return Arrays.copyOfRange(all, from, to);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
