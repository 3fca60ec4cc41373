package pages_test

import (
	"testing"

	"guichet/web/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }
