package dev.belfry.embedded.pages;

import java.time.Clock;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Flux;

import dev.belfry.embedded.postgres.DataDirectory;

/** The demo's pages, and its tokens: issued here, and accepted here. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("belfry.embedded")
class DemoConfiguration {

	private static final String[] OPEN = { "/", "/console/**", "/graphiql", "/graphiql/**", "/webjars/**",
			"/_static/**", "/demo/**" };

	/** The hash is that of the one style that GraphiQL's dialogs bring along. */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; "
			+ "style-src 'self' 'sha256-Y/huXlwoYkVyQlxwSVcCi1RCDGDCSVBzDt0hYP9qlTc='; img-src 'self' data:; "
			+ "font-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; "
			+ "form-action 'none'; frame-ancestors 'none'";

	@Bean
	ECKey demoSigningKey(DataDirectory data) {
		return DemoSigningKey.keptIn(data.resolve("demo-signing-key.json"));
	}

	@Bean
	DemoTokens demoTokens(ECKey demoSigningKey, Clock clock) {
		return new DemoTokens(demoSigningKey, clock);
	}

	@Bean
	ReactiveJwtDecoder demoTokenDecoder(ECKey demoSigningKey) {
		JWK publicKey = demoSigningKey.toPublicJWK();
		return NimbusReactiveJwtDecoder.withJwkSource((token) -> Flux.just(publicKey))
			.jwsAlgorithm(SignatureAlgorithm.ES256)
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> demoTokenRoute(DemoTokens demoTokens) {
		return RouterFunctions.route()
			.GET("/demo/token", new DemoTokenHandler(demoTokens)::token)
			.filter(new LoopbackOnly())
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> demoPageRoutes() {
		return DemoPages.routes().filter(new LoopbackOnly());
	}

	@Bean
	@Order(0)
	SecurityWebFilterChain demoIsOpen(ServerHttpSecurity http) {
		return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, OPEN))
			.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.headers((headers) -> headers
				.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER)))
			.build();
	}

}
