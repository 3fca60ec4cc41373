package web

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/rules"
)

// family is a household that most of the shipped aids have something to say about.
const family = `{"date":"2026-06-15","complet":true,"commune":"93066","couple":"marie",
	"demandeur":{"naissance":"1988-05-02","activite":"salarie","revenus":{"salaire":{"net":1100,"mois":{"2026-04":900,"2026-03":950}}}},
	"conjoint":{"naissance":"1990-11-20","activite":"demandeur_emploi","revenus":{"chomage":700}},
	"enfants":[{"naissance":"2014-02-01"},{"naissance":"2017-07-15"},{"naissance":"2024-09-09"}],
	"logement":{"statut":"locataire_vide","loyer":640,"charges":80},"prestations_percues":{"af":true}}`

// BenchmarkSimulationsHTTP measures POST /api/v1/simulations on the shipped rules: "handler" is everything but the network,
// "loopback" a client and a server on one connection of this machine each.
func BenchmarkSimulationsHTTP(b *testing.B) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(b, err)
	rights, err := engine.New(set)
	require.NoError(b, err)
	h, _ := serving(b, func(o *Options) {
		o.Engine = rights
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	})

	b.Run("handler", func(b *testing.B) {
		b.ReportAllocs()
		body := bytes.NewReader(nil)
		for b.Loop() {
			body.Reset([]byte(family))
			r := httptest.NewRequest(http.MethodPost, "/api/v1/simulations", body)
			r.RemoteAddr = "127.0.0.1:1"
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				b.Fatal(w.Body)
			}
		}
	})

	b.Run("loopback", func(b *testing.B) {
		b.ReportAllocs()
		server := httptest.NewServer(h)
		b.Cleanup(server.Close)
		client := server.Client()
		for b.Loop() {
			response, err := client.Post(server.URL+"/api/v1/simulations", "application/json", bytes.NewReader([]byte(family)))
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
				b.Fatal(response.Status, err)
			}
			response.Body.Close()
		}
	})
}

// BenchmarkOverheadHTTP measures what surrounds an evaluation: middleware, routing, reading and writing, with two small
// invented aids in the place of the law.
func BenchmarkOverheadHTTP(b *testing.B) {
	h, _ := serving(b, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(io.Discard, nil)) })
	b.ReportAllocs()
	body := bytes.NewReader(nil)
	for b.Loop() {
		body.Reset([]byte(household))
		r := httptest.NewRequest(http.MethodPost, "/api/v1/simulations", body)
		r.RemoteAddr = "127.0.0.1:1"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}
