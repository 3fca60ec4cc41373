package workbench_test
import ("testing";"fmt";"context";"guichet/engine/workbench";"guichet/engine/ruleset";"guichet/rules")
func TestMu(t *testing.T){
 s,err:=ruleset.Inspect(rules.FS); if err!=nil{t.Fatal(err)}
 ids:=[]string{""}; for _,a:=range s.Set.Aids(){ids=append(ids,a.ID)}
 for _,id:=range ids{
 m,err:=workbench.Mutate(context.Background(),rules.FS,s,id); if err!=nil{fmt.Println(err)}
 sc:=workbench.ScoreOf(m); ref:=0
 fmt.Printf("%s %+v %.0f%% of %d\n",id,sc,sc.Percent(),len(m))
 for _,x:=range m { if x.Fate==workbench.Survived {fmt.Printf("   %s:%d:%d %s: %s -> %s\n",x.File,x.Line,x.Column,x.Formula,x.Old,x.New)}; if x.Fate==workbench.Refused{ref++; fmt.Printf("   refused %s:%d:%d %s: %s -> %s\n",x.File,x.Line,x.Column,x.Formula,x.Old,x.New)} }
 }
}
