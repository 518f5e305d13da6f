package dev.belfry.database.connections;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codec;
import io.r2dbc.postgresql.codec.CodecRegistry;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.postgresql.extension.CodecRegistrar;
import io.r2dbc.postgresql.message.Format;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import dev.belfry.values.JsonBytes;

/** Sends {@link JsonBytes} as they are, as a parameter of type {@code json}. */
final class JsonBytesCodec implements Codec<JsonBytes>, CodecRegistrar {

	private static final int JSON = PostgresqlObjectId.JSON.getObjectId();

	@Override
	public Publisher<Void> register(PostgresqlConnection connection, ByteBufAllocator allocator,
			CodecRegistry registry) {
		return Mono.fromRunnable(() -> registry.addLast(this));
	}

	@Override
	public boolean canEncode(Object value) {
		return value instanceof JsonBytes;
	}

	@Override
	public boolean canEncodeNull(Class<?> type) {
		return type == JsonBytes.class;
	}

	@Override
	public EncodedParameter encode(Object value) {
		return encode(value, JSON);
	}

	@Override
	public EncodedParameter encode(Object value, int type) {
		return new EncodedParameter(Format.FORMAT_TEXT, type,
				Mono.fromSupplier(() -> Unpooled.wrappedBuffer(((JsonBytes) value).utf8())));
	}

	@Override
	public EncodedParameter encodeNull() {
		return new EncodedParameter(Format.FORMAT_TEXT, JSON, EncodedParameter.NULL_VALUE);
	}

	@Override
	public boolean canDecode(int type, Format format, Class<?> wanted) {
		return false;
	}

	@Override
	public @Nullable JsonBytes decode(@Nullable ByteBuf buffer, int type, Format format,
			Class<? extends JsonBytes> wanted) {
		throw new UnsupportedOperationException("JSON is read by the driver's own codecs.");
	}

}
