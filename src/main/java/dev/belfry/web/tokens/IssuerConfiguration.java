package dev.belfry.web.tokens;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.util.StringUtils;

/**
 * Tokens of an issuer that publishes its keys. By the same settings as Spring Boot's
 * decoder, which asks for the keys once and then keeps each for ever. Decision 32.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(IssuerConfiguration.KeysArePublished.class)
class IssuerConfiguration {

	private static final String SETTINGS = "spring.security.oauth2.resourceserver.jwt.";

	@Bean
	PublishedKeys publishedKeys(OAuth2ResourceServerProperties properties, TokenSettings settings, Clock clock)
			throws IOException {
		OAuth2ResourceServerProperties.Jwt jwt = properties.getJwt();
		Issuer issuer = StringUtils.hasText(jwt.getJwkSetUri()) ? Issuer.withKeysAt(jwt.getJwkSetUri())
				: Issuer.named(String.valueOf(jwt.getIssuerUri()));
		return new PublishedKeys(issuer, settings.keysRefresh(), clock);
	}

	@Bean
	ReactiveJwtDecoder issuedTokenDecoder(PublishedKeys keys, OAuth2ResourceServerProperties properties) {
		NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::of)
			.jwtProcessorCustomizer((processor) -> accept(processor, algorithms(properties.getJwt())))
			.build();
		decoder.setJwtValidator(validator(properties.getJwt()));
		return decoder;
	}

	private static void accept(ConfigurableJWTProcessor<JWKSecurityContext> processor, Set<JWSAlgorithm> algorithms) {
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, new JWKSecurityContextJWKSet()));
	}

	/** Of an issuer that is named, those that its keys are for. */
	private static Set<JWSAlgorithm> algorithms(OAuth2ResourceServerProperties.Jwt jwt) {
		Set<JWSAlgorithm> algorithms = new HashSet<>();
		if (StringUtils.hasText(jwt.getJwkSetUri())) {
			jwt.getJwsAlgorithms().forEach((name) -> algorithms.add(JWSAlgorithm.parse(name)));
		}
		else {
			algorithms.addAll(JWSAlgorithm.Family.RSA);
			algorithms.addAll(JWSAlgorithm.Family.EC);
		}
		return algorithms;
	}

	private static OAuth2TokenValidator<Jwt> validator(OAuth2ResourceServerProperties.Jwt jwt) {
		List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
		if (StringUtils.hasText(jwt.getIssuerUri())) {
			validators.add(new JwtIssuerValidator(jwt.getIssuerUri()));
		}
		if (!jwt.getAudiences().isEmpty()) {
			validators.add(new JwtClaimValidator<List<String>>("aud",
					(named) -> named != null && !Collections.disjoint(named, jwt.getAudiences())));
		}
		return validators.isEmpty() ? JwtValidators.createDefault()
				: JwtValidators.createDefaultWithValidators(validators);
	}

	/** Else Spring Boot reads the one key from a file, if no demo brings its own. */
	static final class KeysArePublished implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return given(context, "jwk-set-uri") || given(context, "issuer-uri");
		}

		private static boolean given(ConditionContext context, String key) {
			return StringUtils.hasText(context.getEnvironment().getProperty(SETTINGS + key));
		}

	}

}
