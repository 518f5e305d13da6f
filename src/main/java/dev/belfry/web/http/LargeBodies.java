package dev.belfry.web.http;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.web.tokens.ViewerInterceptor;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/**
 * Takes the body of a request apart on a thread for what accounts choose if it is long:
 * no event loop is busy with it.
 */
@Configuration(proxyBeanMethods = false)
class LargeBodies {

	/** In bytes. What is shorter takes less than a millisecond. */
	private static final int LARGE = 64 << 10;

	@Bean
	@Order(10)
	CodecCustomizer largeBodiesApart(JsonMapper json, TenantWork work) {
		return (codecs) -> codecs.defaultCodecs().jacksonJsonDecoder(new Decoder(json, work));
	}

	private static final class Decoder extends JacksonJsonDecoder {

		private final TenantWork work;

		Decoder(JsonMapper json, TenantWork work) {
			super(json);
			this.work = work;
		}

		@Override
		public Mono<Object> decodeToMono(Publisher<DataBuffer> input, ResolvableType type, @Nullable MimeType mime,
				@Nullable Map<String, Object> hints) {
			return super.decodeToMono(DataBufferUtils.join(input, getMaxInMemorySize()).flatMap(this::apart), type,
					mime, hints);
		}

		private Mono<DataBuffer> apart(DataBuffer body) {
			return (body.readableByteCount() <= LARGE) ? Mono.just(body)
					: ViewerInterceptor.viewer()
						.map((viewer) -> this.work.of(viewer, "large bodies"))
						.defaultIfEmpty(this.work.of("large bodies"))
						.flatMap((scheduler) -> Mono.just(body).publishOn(scheduler))
						.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
		}

	}

}
